using System.Runtime.InteropServices;
using KernelSim.EbpfCore.Hash;
using KernelSim.EbpfCore.Memory;
using KernelSim.EbpfCore.Objects;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;

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
        if (!Require(current, !delete, CheckTable.MapFindDelete, site, delete ? 1 : 0, 0))
        {
            return CheckTable.MapFindDelete.Result;
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
        if (!Require(current, option != EbpfMapOption.NoExist, CheckTable.MapUpdateNoExist, site, (uint)option, (uint)EbpfMapOption.Any))
        {
            return CheckTable.MapUpdateNoExist.Result;
        }

        uint index = IndexOf(key);
        if (!Require(current, index < Definition.MaxEntries, CheckTable.MapUpdateIndex, site, index, Definition.MaxEntries - 1L))
        {
            return CheckTable.MapUpdateIndex.Result;
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
        if (!Require(current, index < Definition.MaxEntries, CheckTable.MapDeleteIndex, site, index, Definition.MaxEntries - 1L))
        {
            return CheckTable.MapDeleteIndex.Result;
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
    internal override void Free(KeThread current) => current.Machine.Pool.Free(_data, PoolTags.Map);

    /// <summary>Allocates the values of a map of this family, all zero.</summary>
    private protected static EbpfResult AllocateData(in Caller caller, MapParameters parameters, out byte* data)
    {
        data = null;
        long inner = parameters.InnerMapHandle.Value;
        if (!caller.Require(inner == NtHandle.Invalid.Value, CheckTable.MapCreateInnerMap, inner, NtHandle.Invalid.Value))
        {
            return CheckTable.MapCreateInnerMap.Result;
        }

        // 32 by 32 bits: cannot overflow 64.
        ulong bytes = (ulong)parameters.Definition.MaxEntries * parameters.Layout.Total;
        long given = unchecked((long)bytes);
        if (!caller.Require(
            bytes <= LargestAllocation - HeaderBytes, CheckTable.MapCreateArraySize, given, (long)(LargestAllocation - HeaderBytes)))
        {
            return CheckTable.MapCreateArraySize.Result;
        }

        data = caller.Current.Machine.Pool.Allocate((nuint)bytes, PoolTags.Map);
        return MapMemory.Require(caller, data != null, CheckTable.MapCreateMemory, given)
            ? EbpfResult.Success
            : CheckTable.MapCreateMemory.Result;
    }

    private uint IndexOf(byte* key) => ArrayKey.IndexOf(key, KeySize);

    private byte* Entry(uint index) => _data + ((nuint)index * ValueBytes);
}
