using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.UserMode.Calls;
using KernelSim.UserMode.Marshalling;
using KernelSim.UserMode.Rings;

namespace KernelSim.UserMode;

public sealed partial class Libbpf
{
    private perf_buffer? NewPerfBuffer(int fd, ulong pageCount, RingReceiver receiver, ulong opts, string function)
    {
        NewRingsCall call = new(fd, receiver, opts, isPerf: true, pageCount);
        return Call(ref call, function) < 0 ? null : new perf_buffer(call.Manager);
    }

    private ring_buffer? NewRingBuffer(int fd, ring_buffer_sample_fn? sample, object? context, ulong opts, string function)
    {
        NewRingsCall call = new(fd, new RingReceiver(context, sample), opts, isPerf: false, pageCount: 0);
        return Call(ref call, function) < 0 ? null : new ring_buffer(call.Manager);
    }
}

/// <summary>Creates a manager: <c>ebpf_ring_buffer_new_internal</c> and <c>ebpf_perf_buffer_new_internal</c>.</summary>
/// <param name="fd">Descriptor of the map.</param>
/// <param name="receiver">Receives the records.</param>
/// <param name="options">Address of Windows options with flags, or NULL.</param>
/// <param name="isPerf">True for a perf event array, which has a ring for each CPU.</param>
/// <param name="pageCount">Number of pages that the program asks for; perf event arrays only.</param>
internal readonly struct NewRingsCall(int fd, RingReceiver receiver, ulong options, bool isPerf, ulong pageCount) : ILibraryCall
{
    /// <inheritdoc/>
    public int Descriptor => fd;

    /// <summary>The new manager, on success.</summary>
    public RingManager Manager { get; } = new();

    /// <inheritdoc/>
    public long RequestedElements(ApiCall call) => 0;

    /// <inheritdoc/>
    public EbpfResult Run(ApiCall call)
    {
        int callbacks = isPerf
            ? (receiver.PerfSample is null ? 0 : 1) + (receiver.PerfLost is null ? 0 : 1)
            : receiver.Sample is null ? 0 : 1;
        int wanted = isPerf ? 2 : 1;
        if (!call.Require(callbacks == wanted, CheckTable.ApiRingCallback, "callbacks", callbacks, wanted)
            || !call.Require(pageCount == 0, CheckTable.ApiPerfPageCount, "page_cnt", (long)pageCount, 0)
            || !OpenRings.TryReadFlags(call, options, out ulong flags))
        {
            return call.Refused;
        }

        int count = isPerf ? call.Library.Gate.MaximumProcessorCount : 1;
        if ((flags & OpenRings.AutoCallback) != 0)
        {
            return Subscribe(call, count);
        }

        EbpfResult result = call.Library.Rings.CreateEvent(call.Channel, out NtHandle waitHandle);
        if (result != EbpfResult.Success)
        {
            return result;
        }

        result = OpenRings.Add(call, fd, count, waitHandle, receiver, Manager.Rings);
        if (result != EbpfResult.Success)
        {
            call.Library.Rings.CloseEvent(call.Library.Gate, call.RequestId, waitHandle);
            return result;
        }

        Manager.WaitHandle = waitHandle;
        return EbpfResult.Success;
    }

    private EbpfResult Subscribe(ApiCall call, int count)
    {
        BpfMapType type = isPerf ? BpfMapType.PerfEventArray : BpfMapType.Ringbuf;
        if (!call.TryResolveMap(fd, out NtHandle map, out MapShape? shape)
            || !call.RequireRingType(shape.Type == type || (!isPerf && shape.Type == BpfMapType.PerfEventArray), shape.Type, type))
        {
            return call.Refused;
        }

        EbpfResult result = RingSubscription.Start(
            call.Channel, call.Library.Rings, map, count, receiver, out RingSubscription? subscription);
        Manager.Subscription = subscription;
        return result;
    }
}
