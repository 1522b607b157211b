using KernelSim.EbpfCore.Objects;
using KernelSim.EbpfCore.Rings;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;

namespace KernelSim.EbpfCore.Maps;

/// <summary>A map whose contents are records in rings. It has no keys to find, update or iterate: the type's row excludes those operations.</summary>
internal abstract unsafe class RingMap : EbpfMap
{
    private readonly Ring[] _rings;

    private protected RingMap(CoreContext core, MapParameters parameters, Ring[] rings)
        : base(core, parameters)
    {
        _rings = rings;
        foreach (Ring ring in rings)
        {
            ring.Owner = this;
        }
    }

    /// <summary>The rings, by index.</summary>
    public ReadOnlySpan<Ring> Rings => _rings;

    /// <summary>Writes a record from user mode or a program: <c>write_data</c>.</summary>
    /// <param name="current">The calling thread, at DISPATCH_LEVEL or below.</param>
    /// <param name="data">Address of the payload.</param>
    /// <param name="length">Size of the payload in bytes.</param>
    /// <param name="site">The caller, for traces; null for programs.</param>
    public abstract EbpfResult Output(KeThread current, byte* data, ulong length, string? site);

    /// <inheritdoc/>
    internal override void OnNoReferences(KeThread current)
    {
        base.OnNoReferences(current);
        foreach (Ring ring in _rings)
        {
            ring.Query.End(current, EbpfResult.Canceled);
        }
    }

    /// <inheritdoc/>
    internal override void Free(KeThread current) => Array.ForEach(_rings, r => r.Free());

    /// <summary>Creates rings of <c>max_entries</c> bytes each, or fails: <c>ebpf_ring_buffer_create</c>.</summary>
    private protected static EbpfResult CreateRings(
        in Caller caller, MapParameters parameters, int count, bool haveOneWriter, out Ring[] rings)
    {
        rings = [];
        uint capacity = parameters.Definition.MaxEntries;
        if (!parameters.RequireNoInnerMap(caller))
        {
            return caller.Refused;
        }

        long powerOfTwo = (long)System.Numerics.BitOperations.RoundUpToPowerOf2((ulong)capacity);
        if (!caller.Require(capacity == powerOfTwo, CheckTable.RingCreatePowerOfTwo, capacity, powerOfTwo))
        {
            return caller.Refused;
        }

        const uint Page = Nt.Mm.MmSection.PageBytes;
        if (!caller.Require(capacity % Page == 0, CheckTable.RingCreatePages, capacity, Page))
        {
            return caller.Refused;
        }

        var made = new Ring[count];
        for (int i = 0; i < count; i++)
        {
            var memory = RingMemory.Create(caller.Current.Machine, capacity);
            if (memory is null)
            {
                Array.ForEach(made[..i], r => r.Free());
                MapMemory.Require(caller, false, CheckTable.RingCreateMemory, capacity, 2L * count);
                return caller.Refused;
            }

            made[i] = new Ring(memory, capacity, i, haveOneWriter);
        }

        rings = made;
        return EbpfResult.Success;
    }
}
