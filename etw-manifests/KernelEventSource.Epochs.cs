using System.Diagnostics.Tracing;

namespace KernelSim.Tracing;

/// <content>Epochs and the memory that waits for them.</content>
public sealed partial class KernelEventSource
{
    /// <summary>The published epoch advanced, and memory that no reader can reach any more was freed.</summary>
    [Event(Ids.EpochAdvance, Level = EventLevel.Verbose, Keywords = Keywords.Epoch, Channel = EventChannel.Debug,
        Message = "CPU {1}: epoch {2} published, {3} released, {4} blocks freed")]
    public void EpochAdvance(ulong requestId, int processor, long published, long released, long freedBlocks, ulong sequence = 0) =>
        Write(Ids.EpochAdvance, requestId, processor, published, released, freedBlocks);

    /// <summary>Memory was replaced or removed and waits for the readers of its epoch to leave.</summary>
    [Event(Ids.EpochRetire, Level = EventLevel.Verbose, Keywords = Keywords.Epoch, Channel = EventChannel.Debug,
        Message = "Request {0}, CPU {1}: {2} bytes at {3} retire in epoch {4}")]
    public void EpochRetire(ulong requestId, int processor, long bytes, ulong address, long epoch, ulong sequence = 0) =>
        Write(Ids.EpochRetire, requestId, processor, bytes, address, epoch);

    /// <summary>
    /// PROPOSE reached a processor: it now knows the new epoch, and lowers the proposal to the oldest epoch that a thread on it is in.
    /// </summary>
    [Event(Ids.EpochPropose, Level = EventLevel.Verbose, Keywords = Keywords.Epoch, Channel = EventChannel.Debug,
        Message = "CPU {1}: epoch {2} proposed, {3} after this CPU's readers")]
    public void EpochPropose(ulong requestId, int processor, long published, long proposal, ulong sequence = 0) =>
        Write(Ids.EpochPropose, requestId, processor, published, proposal);

    /// <summary>COMMIT reached a processor and freed what it had retired up to the released epoch.</summary>
    [Event(Ids.EpochCommit, Level = EventLevel.Verbose, Keywords = Keywords.Epoch, Channel = EventChannel.Debug,
        Message = "CPU {1}: epoch {2} released, {3} blocks freed, {4} wait on")]
    public void EpochCommit(ulong requestId, int processor, long released, long freedBlocks, long waiting, ulong sequence = 0) =>
        Write(Ids.EpochCommit, requestId, processor, released, freedBlocks, waiting);

    /// <summary>The timer that starts the next computation was set, because something waits on this processor.</summary>
    [Event(Ids.EpochTimerSet, Level = EventLevel.Verbose, Keywords = Keywords.Epoch, Channel = EventChannel.Debug,
        Message = "Request {0}, CPU {1}: {2} wait, the timer is set")]
    public void EpochTimerSet(ulong requestId, int processor, long waiting, ulong sequence = 0) =>
        Write(Ids.EpochTimerSet, requestId, processor, waiting);

    /// <summary>That timer fired.</summary>
    [Event(Ids.EpochTimerFire, Level = EventLevel.Verbose, Keywords = Keywords.Epoch, Channel = EventChannel.Debug,
        Message = "CPU {1}: the timer fires in epoch {2}")]
    public void EpochTimerFire(ulong requestId, int processor, long published, ulong sequence = 0) =>
        Write(Ids.EpochTimerFire, requestId, processor, published);

    /// <summary>Work was deferred until every epoch that is open now has ended; a synchronize request is such work.</summary>
    [Event(Ids.EpochWorkQueue, Level = EventLevel.Verbose, Keywords = Keywords.Epoch, Channel = EventChannel.Debug,
        Message = "Request {0}, CPU {1}: {2} waits for the readers of epoch {3}")]
    public void EpochWorkQueue(ulong requestId, int processor, string work, long epoch, ulong sequence = 0) =>
        Write(Ids.EpochWorkQueue, requestId, processor, work, epoch);

    /// <summary>The readers have left and the work runs. The request is the one that deferred it.</summary>
    [Event(Ids.EpochWorkRun, Level = EventLevel.Verbose, Keywords = Keywords.Epoch, Channel = EventChannel.Debug,
        Message = "Request {0}, CPU {1}: {2} runs")]
    public void EpochWorkRun(ulong requestId, int processor, string work, ulong sequence = 0) =>
        Write(Ids.EpochWorkRun, requestId, processor, work);
}
