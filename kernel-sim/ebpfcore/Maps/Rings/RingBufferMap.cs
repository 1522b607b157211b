using KernelSim.EbpfCore.Objects;
using KernelSim.EbpfCore.Rings;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;

namespace KernelSim.EbpfCore.Maps;

/// <summary><c>BPF_MAP_TYPE_RINGBUF</c>: one ring, which every processor writes.</summary>
internal sealed unsafe class RingBufferMap : RingMap
{
    private readonly Ring _ring;

    private RingBufferMap(CoreContext core, MapParameters parameters, Ring[] rings)
        : base(core, parameters, rings)
    {
        _ring = rings[0];
    }

    /// <summary>The create routine of the type.</summary>
    public static EbpfResult Create(in Caller caller, MapParameters parameters, out EbpfMap? map)
    {
        map = null;
        uint keySize = parameters.Definition.KeySize;
        if (!caller.Require(keySize == 0, CheckTable.RingCreateKeySize, keySize, 0))
        {
            return caller.Refused;
        }

        EbpfResult result = CreateRings(caller, parameters, count: 1, haveOneWriter: false, out Ring[] rings);
        map = result == EbpfResult.Success ? new RingBufferMap(caller.Core, parameters, rings) : null;
        return result;
    }

    /// <inheritdoc/>
    /// <remarks>
    /// <c>ebpf_ring_buffer_map_output</c>. It does not raise to DISPATCH_LEVEL: a thread may be preempted while its record is locked.
    /// </remarks>
    public override EbpfResult Output(KeThread current, byte* data, ulong length, string? site)
    {
        EbpfResult result = _ring.Reserve(current, length, site, out RingReservation reservation);
        if (result != EbpfResult.Success)
        {
            _ring.TraceLost(current, length, result);
            return result;
        }

        _ring.Fill(reservation, 0, data, reservation.Length);
        _ring.Submit(current, reservation, RingWakeup.Default);
        _ring.Query.OnRecord(current);
        return EbpfResult.Success;
    }
}
