using KernelSim.EbpfCore.Hash;
using KernelSim.EbpfCore.Memory;
using KernelSim.EbpfCore.Objects;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;

namespace KernelSim.EbpfCore.Maps;

/// <summary>
/// The base of queues and stacks, <c>ebpf_core_circular_map_t</c>: a ring of pointers to values. Each pushed value has a block of its own, which
/// keeps its bytes until the end of the epoch in which it was popped, so a program may keep reading a value that it has peeked at.
/// </summary>
/// <remarks>Upstream also allocates <c>max_entries * value_size</c> bytes that it never uses. Here only their limit of 128 GiB applies.</remarks>
internal abstract unsafe class CircularMap : EbpfMap
{
    // EBPF_MAP_MAXIMUM_ALLOCATION, and the bytes before the slots in ebpf_core_circular_map_t.
    private const ulong LargestAllocation = 1UL << 37;
    private const ulong HeaderBytes = 224;
    private const ulong CacheLine = 64;

    // Addresses, of 8 bytes on a host of any size.
    private readonly ulong* _slots;
    private readonly BlockSource _values;
    private KSpinLock _lock = new(CoreLockRanks.CircularMap);
    private uint _oldest;
    private uint _count;

    private protected CircularMap(CoreContext core, MapParameters parameters, ulong* slots, BlockSource values)
        : base(core, parameters)
    {
        _slots = slots;
        _values = values;
    }

    /// <summary>The value to pop next, counted from the oldest: the first of a queue, the last of a stack.</summary>
    private protected abstract uint NextOf(uint count);

    /// <inheritdoc/>
    internal sealed override EbpfResult FindEntry(KeThread current, byte* key, bool delete, string? site, out byte* value)
    {
        using SpinLockScope scope = _lock.Acquire(current);
        if (_count == 0)
        {
            value = null;
            return EbpfResult.ObjectNotFound;
        }

        uint next = NextOf(_count);
        value = Slot(next);
        if (delete)
        {
            if (next == 0)
            {
                _oldest = Place(1);
            }

            _count--;
            _values.Retire(Core.Epochs.BeginWrite(current), value);
        }

        return EbpfResult.Success;
    }

    /// <inheritdoc/>
    /// <remarks>Only the EXIST bit of the option matters: a full map then drops its oldest value.</remarks>
    internal sealed override EbpfResult UpdateEntry(
        KeThread current, byte* key, byte* value, EbpfMapOption option, string? site, out byte* stored)
    {
        stored = null;
        if (value == null)
        {
            return EbpfResult.InvalidArgument;
        }

        using IrqlScope raised = current.RaiseIrql(Irql.Dispatch);
        byte* block = _values.Allocate(current);
        if (block == null)
        {
            return EbpfResult.NoMemory;
        }

        BlockCopy.Copy(block, value, ValueBytes);
        if (!TryAppend(current, block, (option & EbpfMapOption.Exist) != 0))
        {
            _values.Free(current, block);
            current.RequireElement(false, CheckTable.MapCircularFull, site, Definition.MaxEntries, Definition.MaxEntries - 1L);
            return current.RefusedResult;
        }

        stored = block;
        return EbpfResult.Success;
    }

    /// <inheritdoc/>
    internal sealed override void Free(KeThread current)
    {
        for (uint i = 0; i < _count && !_values.OwnsBlocks; i++)
        {
            _values.Free(current, Slot(i));
        }

        _values.Dispose(current);
        current.Machine.Pool.Free((byte*)_slots, CorePoolTags.Map);
    }

    /// <summary>Validates the parameters of a map of this family and allocates its parts; without slots, the result says why.</summary>
    private protected static EbpfResult CreateParts(
        in Caller caller, MapParameters parameters, out ulong* slots, out BlockSource? values)
    {
        slots = null;
        values = null;
        EbpfMapDefinition definition = parameters.Definition;
        if (!parameters.RequireNoInnerMap(caller)
            || !caller.Require(definition.KeySize == 0, CheckTable.MapCreateCircularKeySize, definition.KeySize, 0))
        {
            return caller.Refused;
        }

        // The pointers take 2^35 bytes at most: what is left for the values is never negative.
        ulong pointers = (ulong)definition.MaxEntries * sizeof(ulong);
        ulong room = LargestAllocation - ((HeaderBytes + pointers + CacheLine - 1) & ~(CacheLine - 1));
        ulong bytes = (ulong)definition.MaxEntries * definition.ValueSize;
        if (!caller.Require(
            bytes <= room, CheckTable.MapCreateCircularSize, unchecked((long)bytes), (long)room))
        {
            return caller.Refused;
        }

        slots = (ulong*)caller.Current.Machine.Pool.Allocate(HostSize.Of(pointers), CorePoolTags.Map);
        if (!MapMemory.Require(caller, slots != null, CheckTable.MapCreateMemory, (long)pointers))
        {
            return caller.Refused;
        }

        values = new BlockSource(caller.Current, caller.Core.Epochs, PerCpuLayout.Pad8(definition.ValueSize));
        return EbpfResult.Success;
    }

    private bool TryAppend(KeThread current, byte* block, bool replace)
    {
        using SpinLockScope scope = _lock.Acquire(current);
        if (_count == Definition.MaxEntries)
        {
            if (!replace)
            {
                return false;
            }

            _values.Retire(Core.Epochs.BeginWrite(current), Slot(0));
            _oldest = Place(1);
            _count--;
        }

        _slots[Place(_count)] = (ulong)block;
        _count++;
        return true;
    }

    private byte* Slot(uint fromOldest) => (byte*)_slots[Place(fromOldest)];

    private uint Place(uint fromOldest) => (uint)((_oldest + (ulong)fromOldest) % Definition.MaxEntries);
}
