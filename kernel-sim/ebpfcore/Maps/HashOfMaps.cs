using KernelSim.EbpfCore.Hash;
using KernelSim.EbpfCore.Memory;
using KernelSim.EbpfCore.Objects;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;

namespace KernelSim.EbpfCore.Maps;

/// <summary><c>BPF_MAP_TYPE_HASH_OF_MAPS</c>: a hash table whose values are pointers to maps. No value is empty.</summary>
internal sealed unsafe class HashOfMaps : ObjectMap
{
    private readonly HashTable _table;

    private HashOfMaps(CoreContext core, MapParameters parameters, InnerMapTemplate template, HashTable table)
        : base(core, parameters, EbpfObjectType.Map, template)
    {
        _table = table;
    }

    /// <inheritdoc/>
    private protected override bool TakesNothing => false;

    /// <summary>The create routine of the type.</summary>
    public static EbpfResult Create(in Caller caller, MapParameters parameters, out EbpfMap? map)
    {
        map = null;
        EbpfMapDefinition definition = parameters.Definition;
        EbpfResult result = CheckValueSize(caller, definition);
        if (result != EbpfResult.Success)
        {
            return result;
        }

        HashTable? table = HashTable.Create(
            caller.Current, caller.Core.Epochs, definition.KeySize, ObjectPointer.ByteCount, definition.MaxEntries,
            EntryLimit.Of(caller.Core, definition.MaxEntries));
        if (!MapMemory.Require(caller, table is not null, CheckTable.MapCreateMemory, definition.MaxEntries, MapMemory.BucketBytes))
        {
            return caller.Refused;
        }

        result = InnerMapTemplate.Take(caller, parameters.InnerMapHandle, out InnerMapTemplate? template);
        if (template is null)
        {
            table!.Dispose(caller.Current);
            return result;
        }

        map = new HashOfMaps(caller.Core, parameters, template, table!);
        return result;
    }

    /// <inheritdoc/>
    internal override ObjectPointer FindPointer(byte* key)
    {
        byte* value = _table.Find(key);
        return value == null ? ObjectPointer.None : ObjectPointer.Read(value);
    }

    /// <inheritdoc/>
    internal override EbpfResult NextEntry(KeThread current, WalkPosition position, byte* next, string? site, out byte* value)
    {
        EbpfResult result = _table.Next(position, out byte* key, out value);
        if (result == EbpfResult.Success)
        {
            BlockCopy.Copy(next, key, KeySize);
        }

        return result;
    }

    /// <inheritdoc/>
    internal override void Free(KeThread current) => _table.Dispose(current);

    /// <inheritdoc/>
    private protected override EbpfResult CheckUpdate(in Caller caller, byte* key, EbpfMapOption option) =>
        caller.Require(option <= EbpfMapOption.Exist, CheckTable.MapUpdateOption, (uint)option, (uint)EbpfMapOption.Exist)
            ? EbpfResult.Success
            : caller.Refused;

    /// <inheritdoc/>
    private protected override EbpfResult StoreLocked(
        KeThread current, byte* key, ObjectPointer value, EbpfMapOption option, out ObjectPointer replaced)
    {
        ulong bytes = value.Value;
        ObjectPointer old = FindPointer(key);
        EbpfResult result = _table.Update(Core.Epochs.BeginWrite(current), key, (byte*)&bytes, option, out _);
        replaced = result == EbpfResult.Success ? old : ObjectPointer.None;
        return result;
    }

    /// <inheritdoc/>
    private protected override EbpfResult RemoveLocked(KeThread current, byte* key, out ObjectPointer removed)
    {
        EbpfResult result = _table.Delete(Core.Epochs.BeginWrite(current), key, out byte* value);
        removed = result == EbpfResult.Success ? ObjectPointer.Read(value) : ObjectPointer.None;
        return result == EbpfResult.Success ? result : EbpfResult.ObjectNotFound;
    }

    /// <inheritdoc/>
    private protected override void EmptyLocked(KeThread current)
    {
        // A key stays readable, even if its bucket's block is replaced meanwhile.
        WalkPosition position = default;
        while (_table.Next(position, out byte* key, out _) == EbpfResult.Success)
        {
            RemoveLocked(current, key, out ObjectPointer removed);
            Drop(current, removed);
            position = WalkPosition.Past(key);
        }
    }
}
