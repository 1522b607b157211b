using System.Runtime.InteropServices;
using KernelSim.EbpfCore.Hash;
using KernelSim.EbpfCore.Memory;
using KernelSim.EbpfCore.Objects;
using KernelSim.Nt.Ke;
using KernelSim.Nt.Mm;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;

namespace KernelSim.EbpfCore.Maps;

/// <summary>
/// A custom map on <c>BPF_MAP_TYPE_ARRAY</c>. All indexes exist from the start and read as zeros, which the provider has not seen; a slot points
/// to the value that was written last. An update replaces the block instead of writing in place, so that the provider can be passed the old value.
/// </summary>
internal sealed unsafe class CustomArrayStore : CustomStore
{
    private readonly CoreContext _core;
    private readonly EbpfMapDefinition _definition;
    private readonly uint _storedBytes;

    // Addresses, of 8 bytes on a host of any size.
    private readonly ulong* _slots;
    private readonly byte* _zeros;
    private readonly BlockSource _values;

    private CustomArrayStore(in Caller caller, EbpfMapDefinition definition, uint storedBytes, ulong* slots, byte* zeros)
    {
        _core = caller.Core;
        _definition = definition;
        _storedBytes = storedBytes;
        _slots = slots;
        _zeros = zeros;
        _values = new BlockSource(caller.Current, _core.Epochs, PerCpuLayout.Pad8(storedBytes));
    }

    /// <inheritdoc/>
    public override bool HasAllKeys => true;

    /// <inheritdoc cref="CustomHashStore.Create"/>
    public static EbpfResult Create(
        in Caller caller, EbpfMapDefinition definition, uint storedBytes, out CustomStore? store)
    {
        store = null;
        if (!caller.Require(definition.KeySize != 0, CheckTable.MapCreateKeySize, definition.KeySize, 1)
            || !caller.Require(definition.MaxEntries != 0, CheckTable.MapCreateMaxEntries, definition.MaxEntries, 1))
        {
            return caller.Refused;
        }

        Pool pool = caller.Current.Machine.Pool;
        ulong bytes = (ulong)definition.MaxEntries * sizeof(ulong);
        ulong* slots = (ulong*)pool.Allocate(HostSize.Of(bytes), CorePoolTags.Map);
        byte* zeros = slots == null ? null : pool.Allocate(storedBytes, CorePoolTags.Map);
        if (zeros == null && slots != null)
        {
            pool.Free((byte*)slots, CorePoolTags.Map);
        }

        if (!MapMemory.Require(caller, zeros != null, CheckTable.MapCreateMemory, (long)bytes + storedBytes))
        {
            return caller.Refused;
        }

        store = new CustomArrayStore(caller, definition, storedBytes, slots, zeros);
        return EbpfResult.Success;
    }

    /// <inheritdoc/>
    public override EbpfResult CheckAccess(KeThread current, CustomAccess access, byte* key, EbpfMapOption option, string? site)
    {
        uint index = IndexOf(key);
        long last = _definition.MaxEntries - 1L;
        bool passed = access switch
        {
            CustomAccess.FindAndDelete => current.RequireElement(false, CheckTable.MapFindDelete, site, 1, 0),
            CustomAccess.Update =>
                current.RequireElement(
                    option != EbpfMapOption.NoExist, CheckTable.MapUpdateNoExist, site, (uint)option, (uint)EbpfMapOption.Any)
                && current.RequireElement(index <= last, CheckTable.MapUpdateIndex, site, index, last),
            CustomAccess.Delete => current.RequireElement(index <= last, CheckTable.MapDeleteIndex, site, index, last),
            _ => true,
        };
        return passed ? EbpfResult.Success : current.RefusedResult;
    }

    /// <inheritdoc/>
    public override byte* Find(byte* key)
    {
        byte* own = FindOwn(key);
        return own != null || IndexOf(key) >= _definition.MaxEntries ? own : _zeros;
    }

    /// <inheritdoc/>
    public override byte* FindOwn(byte* key)
    {
        uint index = IndexOf(key);
        return index < _definition.MaxEntries ? At(index) : null;
    }

    /// <inheritdoc/>
    public override EbpfResult Update(KeThread current, byte* key, byte* value, EbpfMapOption option, out byte* stored)
    {
        stored = _values.Allocate(current);
        if (stored == null)
        {
            return EbpfResult.NoMemory;
        }

        if (value == null)
        {
            NativeMemory.Clear(stored, _storedBytes);
        }
        else
        {
            BlockCopy.Copy(stored, value, _storedBytes);
        }

        Put(current, IndexOf(key), stored);
        return EbpfResult.Success;
    }

    /// <inheritdoc/>
    public override void Delete(KeThread current, byte* key) => Put(current, IndexOf(key), null);

    /// <inheritdoc/>
    public override EbpfResult Next(WalkPosition position, byte* next, out byte* value)
    {
        value = null;
        if (!ArrayKey.TryNext(position.Key, next, _definition.KeySize, _definition.MaxEntries, out uint index))
        {
            return EbpfResult.NoMoreKeys;
        }

        byte* own = At(index);
        value = own == null ? _zeros : own;
        return EbpfResult.Success;
    }

    /// <inheritdoc/>
    public override void ForEach(ElementAction action)
    {
        byte[] key = new byte[Math.Max(_definition.KeySize, sizeof(uint))];
        fixed (byte* k = key)
        {
            for (uint index = 0; index < _definition.MaxEntries; index++)
            {
                if (_slots[index] != 0)
                {
                    *(uint*)k = index;
                    action(k, (byte*)_slots[index]);
                }
            }
        }
    }

    /// <inheritdoc/>
    public override void Dispose(KeThread current)
    {
        for (uint i = 0; i < _definition.MaxEntries && !_values.OwnsBlocks; i++)
        {
            if (_slots[i] != 0)
            {
                _values.Free(current, (byte*)_slots[i]);
            }
        }

        _values.Dispose(current);
        current.Machine.Pool.Free(_zeros, CorePoolTags.Map);
        current.Machine.Pool.Free((byte*)_slots, CorePoolTags.Map);
    }

    private uint IndexOf(byte* key) => ArrayKey.IndexOf(key, _definition.KeySize);

    private byte* At(uint index) => (byte*)Volatile.Read(ref _slots[index]);

    private void Put(KeThread current, uint index, byte* value)
    {
        byte* old = (byte*)_slots[index];
        Volatile.Write(ref _slots[index], (ulong)value);
        if (old != null)
        {
            _values.Retire(_core.Epochs.BeginWrite(current), old);
        }
    }
}
