using KernelSim.EbpfCore.Objects;
using KernelSim.EbpfCore.Rings;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;

namespace KernelSim.EbpfCore.Maps;

/// <summary>
/// <c>BPF_MAP_TYPE_PERF_EVENT_ARRAY</c>: a ring for each processor, which only that processor writes, at DISPATCH_LEVEL. Each counts the
/// records that did not fit.
/// </summary>
internal sealed unsafe class PerfEventArrayMap : RingMap
{
    private PerfEventArrayMap(CoreContext core, MapParameters parameters, Ring[] rings)
        : base(core, parameters, rings)
    {
    }

    /// <summary>The create routine of the type.</summary>
    public static EbpfResult Create(in Caller caller, MapParameters parameters, out EbpfMap? map)
    {
        map = null;
        int processors = caller.Current.Machine.Processors.Count;
        EbpfResult result = CreateRings(caller, parameters, processors, haveOneWriter: true, out Ring[] rings);
        if (result != EbpfResult.Success)
        {
            return result;
        }

        // The kernel scales the value size of this type too, although it stores no values; size checks show it.
        PerCpuLayout.TryCreatePerCpu(parameters.Definition.ValueSize, processors, out PerCpuLayout layout);
        map = new PerfEventArrayMap(caller.Core, parameters with { Layout = layout }, rings);
        return EbpfResult.Success;
    }

    /// <inheritdoc/>
    /// <remarks><c>ebpf_perf_event_array_map_output</c>: to the ring of the processor that the thread is on.</remarks>
    public override EbpfResult Output(KeThread current, byte* data, ulong length, string? site) =>
        Output(current, data, length, null, 0, site);

    /// <summary>Writes a record of two parts, one after the other, to this processor's ring.</summary>
    public EbpfResult Output(KeThread current, byte* data, ulong length, byte* extra, uint extraLength, string? site)
    {
        using IrqlScope raised = current.RaiseIrql(Irql.Dispatch);
        Ring ring = Rings[current.ProcessorNumber];
        EbpfResult result = ring.Reserve(current, length + extraLength, site, out RingReservation reservation);
        if (result != EbpfResult.Success)
        {
            ring.CountLost();
            ring.TraceLost(current, length + extraLength, result);
            return result;
        }

        ring.Fill(reservation, 0, data, (uint)length);
        if (extraLength != 0)
        {
            ring.Fill(reservation, (uint)length, extra, extraLength);
        }

        ring.Submit(current, reservation, RingWakeup.Default);
        ring.Query.OnRecord(current);
        return EbpfResult.Success;
    }
}
