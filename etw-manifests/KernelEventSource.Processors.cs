using System.Diagnostics.Tracing;

namespace KernelSim.Tracing;

/// <content>What processors run in addition to requests.</content>
public sealed partial class KernelEventSource
{
    /// <summary>A processor runs a deferred procedure call.</summary>
    [Event(Ids.DpcRun, Level = EventLevel.Verbose, Keywords = Keywords.Sched, Channel = EventChannel.Debug,
        Message = "Request {0}, CPU {1}: runs DPC {2}")]
    public void DpcRun(ulong requestId, int processor, string routine, ulong sequence = 0) =>
        Write(Ids.DpcRun, requestId, processor, routine);
}
