using KernelSim.Nt.Io;
using KernelSim.Protocol;

namespace KernelSim.EbpfCore.Async;

/// <summary>
/// The asynchronous requests that the driver has: <c>libs/runtime/ebpf_async.c</c>. The dispatcher puts one in before its handler
/// runs (<c>ebpf_async_set_completion_callback</c>) and takes it out again if the handler does not answer
/// <see cref="EbpfResult.Pending"/>; whoever has the answer later completes it.
/// </summary>
/// <remarks>
/// Upstream finds a tracker by hashing the request's address. Here it hangs on the request itself, in <see cref="Irp.DriverContext"/>.
/// </remarks>
internal sealed class AsyncTracker
{
    private int _count;

    /// <summary>Requests that are tracked. Exact only while nobody is in the driver.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Tracks a request for the handler that is about to run.</summary>
    public AsyncRequest Begin(Irp irp)
    {
        Interlocked.Increment(ref _count);
        AsyncRequest request = new(this, irp);
        irp.DriverContext = request;
        return request;
    }

    /// <summary>Forgets a request that its handler has answered: <c>ebpf_async_reset_completion_callback</c>.</summary>
    public void Reset(AsyncRequest request)
    {
        request.Irp.DriverContext = null;
        Interlocked.Decrement(ref _count);
    }

    /// <summary>Forgets a request that is being completed.</summary>
    internal void Remove() => Interlocked.Decrement(ref _count);
}
