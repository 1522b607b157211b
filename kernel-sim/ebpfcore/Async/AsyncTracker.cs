using KernelSim.Nt.Io;
using KernelSim.Protocol;

namespace KernelSim.EbpfCore.Async;

/// <summary>
/// The driver's asynchronous requests: <c>libs/runtime/ebpf_async.c</c>. The dispatcher adds one before its handler
/// runs (<c>ebpf_async_set_completion_callback</c>) and removes it if the handler does not return
/// <see cref="EbpfResult.Pending"/>; otherwise it is completed later.
/// </summary>
/// <remarks>
/// Upstream finds a tracker by hashing the request's address. Here it is stored in the request itself, in <see cref="Irp.DriverContext"/>.
/// </remarks>
internal sealed class AsyncTracker
{
    private int _count;

    /// <summary>Number of tracked requests. Exact only while no thread is in the driver.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Tracks a request for the handler that is about to run.</summary>
    public AsyncRequest Begin(Irp irp)
    {
        Interlocked.Increment(ref _count);
        AsyncRequest request = new(this, irp);
        irp.DriverContext = request;
        return request;
    }

    /// <summary>Stops tracking a request that its handler has finished: <c>ebpf_async_reset_completion_callback</c>.</summary>
    public void Reset(AsyncRequest request)
    {
        request.Irp.DriverContext = null;
        Interlocked.Decrement(ref _count);
    }

    /// <summary>Stops tracking a request that is being completed.</summary>
    internal void Remove() => Interlocked.Decrement(ref _count);
}
