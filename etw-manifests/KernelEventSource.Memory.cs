using System.Diagnostics.Tracing;

namespace KernelSim.Tracing;

/// <content>Pool.</content>
public sealed partial class KernelEventSource
{
    /// <summary>A pool block was allocated; <paramref name="tag"/> is its four characters, a string that the caller caches.</summary>
    [Event(Ids.PoolAllocate, Level = EventLevel.Verbose, Keywords = Keywords.Pool, Channel = EventChannel.Debug,
        Message = "Request {0}, CPU {1}: pool gives {3} bytes, tag {2}, at {4}")]
    public void PoolAllocate(ulong requestId, int processor, string tag, long bytes, ulong address, ulong sequence = 0) =>
        Write(Ids.PoolAllocate, requestId, processor, tag, bytes, address);

    /// <summary>A pool block was freed.</summary>
    [Event(Ids.PoolFree, Level = EventLevel.Verbose, Keywords = Keywords.Pool, Channel = EventChannel.Debug,
        Message = "Request {0}, CPU {1}: pool takes back {3} bytes, tag {2}, at {4}")]
    public void PoolFree(ulong requestId, int processor, string tag, long bytes, ulong address, ulong sequence = 0) =>
        Write(Ids.PoolFree, requestId, processor, tag, bytes, address);
}
