using System.Runtime.InteropServices;
using KernelSim.EbpfCore.Hash;
using KernelSim.EbpfCore.Memory;
using KernelSim.EbpfCore.Objects;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;

namespace KernelSim.EbpfCore.Maps;

/// <summary>
/// <c>BPF_MAP_TYPE_ARRAY</c>: one block of pool with every value. All indexes exist from the start, so an update writes in place, a
/// delete fills with zeros, and nothing is retired. The first 4 bytes of a key are the index, whatever the key size.
/// </summary>
internal unsafe class ArrayMap : EbpfMap
{
    // EBPF_MAP_MAXIMUM_ALLOCATION, and sizeof(ebpf_core_map_t) rounded up to a cache line, which upstream allocates before the values.
    private const ulong LargestAllocation = 1UL << 37;
    private const ulong HeaderBytes = 192;

    private readonly byte* _data;

    private protected ArrayMap(CoreContext core, MapParameters parameters, byte* data)
        : base(core, parameters)
    {
        _data = data;
    }

    /// <summary>The create routine of the map type.</summary>
    public static EbpfResult Create(in Caller caller, MapParameters parameters, out EbpfMap? map)
    {
        EbpfResult result = AllocateData(caller, parameters, out byte* data);
        map = result == EbpfResult.Success ? new ArrayMap(caller.Core, parameters, data) : null;
        return result;
    }

    /// <inheritdoc/>
    internal override EbpfResult FindEntry(KeThread current, byte* key, bool delete, string? site, out byte* value)
    {
        value = null;
        if (!current.RequireElement(!delete, CheckTable.MapFindDelete, site, delete ? 1 : 0, 0))
        {
            return current.RefusedResult;
        }

        uint index = IndexOf(key);
        if (index >= Definition.MaxEntries)
        {
            return EbpfResult.ObjectNotFound;
        }

        value = Entry(index);
        return EbpfResult.Success;
    }

    /// <inheritdoc/>
    internal override EbpfResult UpdateEntry(
        KeThread current, byte* key, byte* value, EbpfMapOption option, string? site, out byte* stored)
    {
        stored = null;
        if (!current.RequireElement(option != EbpfMapOption.NoExist, CheckTable.MapUpdateNoExist, site, (uint)option, (uint)EbpfMapOption.Any))
        {
            return current.RefusedResult;
        }

        uint index = IndexOf(key);
        if (!current.RequireElement(index < Definition.MaxEntries, CheckTable.MapUpdateIndex, site, index, Definition.MaxEntries - 1L))
        {
            return current.RefusedResult;
        }

        stored = Entry(index);
        if (value == null)
        {
            NativeMemory.Clear(stored, ValueBytes);
        }
        else
        {
            BlockCopy.Copy(stored, value, ValueBytes);
        }

        return EbpfResult.Success;
    }

    /// <inheritdoc/>
    internal override EbpfResult DeleteEntry(KeThread current, byte* key, string? site)
    {
        uint index = IndexOf(key);
        if (!current.RequireElement(index < Definition.MaxEntries, CheckTable.MapDeleteIndex, site, index, Definition.MaxEntries - 1L))
        {
            return current.RefusedResult;
        }

        NativeMemory.Clear(Entry(index), ValueBytes);
        return EbpfResult.Success;
    }

    /// <inheritdoc/>
    internal override EbpfResult NextEntry(KeThread current, WalkPosition position, byte* next, string? site, out byte* value)
    {
        if (!ArrayKey.TryNext(position.Key, next, KeySize, Definition.MaxEntries, out uint index))
        {
            value = null;
            return EbpfResult.NoMoreKeys;
        }

        value = Entry(index);
        return EbpfResult.Success;
    }

    /// <inheritdoc/>
    internal override void Free(KeThread current) => current.Machine.Pool.Free(_data, CorePoolTags.Map);

    /// <summary>Allocates the values of a map of this family, all zero.</summary>
    private protected static EbpfResult AllocateData(in Caller caller, MapParameters parameters, out byte* data)
    {
        data = null;
        if (!parameters.RequireNoInnerMap(caller))
        {
            return caller.Refused;
        }

        // 32 by 32 bits: cannot overflow 64.
        ulong bytes = (ulong)parameters.Definition.MaxEntries * parameters.Layout.Total;
        long given = unchecked((long)bytes);
        if (!caller.Require(
            bytes <= LargestAllocation - HeaderBytes, CheckTable.MapCreateArraySize, given, (long)(LargestAllocation - HeaderBytes)))
        {
            return caller.Refused;
        }

        data = caller.Current.Machine.Pool.Allocate(HostSize.Of(bytes), CorePoolTags.Map);
        if (!MapMemory.Require(caller, data != null, CheckTable.MapCreateMemory, given))
        {
            return caller.Refused;
        }

        return EbpfResult.Success;
    }

    private uint IndexOf(byte* key) => ArrayKey.IndexOf(key, KeySize);

    private byte* Entry(uint index) => _data + ((nuint)index * ValueBytes);
}
