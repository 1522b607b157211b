using System.Diagnostics.Tracing;

namespace KernelSim.Tracing;

/// <content>Epochs and the memory that waits for them.</content>
public sealed partial class KernelEventSource
{
    /// <summary>The published epoch moved on, and what no reader can reach any more was freed.</summary>
    [Event(25, Level = EventLevel.Verbose, Keywords = Keywords.Epoch, Channel = EventChannel.Debug,
        Message = "CPU {1}: epoch {2} published, {3} released, {4} blocks freed")]
    public void EpochAdvance(ulong requestId, int processor, long published, long released, long freedBlocks, ulong sequence = 0)
    {
        if (IsOn(EventLevel.Verbose, Keywords.Epoch))
        {
            Write(25, requestId, processor, published, released, freedBlocks);
        }
    }

    /// <summary>Memory was replaced or removed and waits for the readers of its epoch to leave.</summary>
    [Event(26, Level = EventLevel.Verbose, Keywords = Keywords.Epoch, Channel = EventChannel.Debug,
        Message = "Request {0}, CPU {1}: {2} bytes at {3} retire in epoch {4}")]
    public void EpochRetire(ulong requestId, int processor, long bytes, ulong address, long epoch, ulong sequence = 0)
    {
        if (IsOn(EventLevel.Verbose, Keywords.Epoch))
        {
            Write(26, requestId, processor, bytes, address, epoch);
        }
    }
}
