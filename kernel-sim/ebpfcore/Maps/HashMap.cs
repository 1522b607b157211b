using KernelSim.EbpfCore.Hash;
using KernelSim.EbpfCore.Memory;
using KernelSim.EbpfCore.Objects;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;

namespace KernelSim.EbpfCore.Maps;

/// <summary>
/// <c>BPF_MAP_TYPE_HASH</c>. <c>max_entries</c> is a hint for the number of buckets; it is not enforced, unless the
/// driver has Linux's rules. An update replaces the value's block, so a thread that holds the old one keeps the old bytes until its epoch ends.
/// </summary>
internal unsafe class HashMap : EbpfMap
{
    private readonly HashTable _table;

    private protected HashMap(CoreContext core, MapParameters parameters, HashTable table)
        : base(core, parameters)
    {
        _table = table;
    }

    /// <summary>The create routine of the type.</summary>
    public static EbpfResult Create(in Caller caller, MapParameters parameters, out EbpfMap? map)
    {
        EbpfResult result = CreateTable(caller, parameters, out HashTable? table);
        map = table is null ? null : new HashMap(caller.Core, parameters, table);
        return result;
    }

    /// <inheritdoc/>
    internal override EbpfResult FindEntry(KeThread current, byte* key, bool delete, string? site, out byte* value)
    {
        if (delete)
        {
            using IrqlScope raised = current.RaiseIrql(Irql.Dispatch);
            _table.Delete(Core.Epochs.BeginWrite(current), key, out value);
        }
        else
        {
            value = _table.Find(key);
        }

        return value == null ? EbpfResult.ObjectNotFound : EbpfResult.Success;
    }

    /// <inheritdoc/>
    internal override EbpfResult UpdateEntry(
        KeThread current, byte* key, byte* value, EbpfMapOption option, string? site, out byte* stored)
    {
        if (!current.RequireElement(option <= EbpfMapOption.Exist, CheckTable.MapUpdateOption, site, (uint)option, (uint)EbpfMapOption.Exist))
        {
            stored = null;
            return current.RefusedResult;
        }

        using IrqlScope raised = current.RaiseIrql(Irql.Dispatch);
        return _table.Update(Core.Epochs.BeginWrite(current), key, value, option, out stored);
    }

    /// <inheritdoc/>
    internal override EbpfResult DeleteEntry(KeThread current, byte* key, string? site)
    {
        using IrqlScope raised = current.RaiseIrql(Irql.Dispatch);
        return _table.Delete(Core.Epochs.BeginWrite(current), key, out _);
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
    internal override EbpfResult UpdateBatch(
        KeThread current, byte* records, uint count, EbpfMapOption option, string site, out uint done) =>
        new CopyTrace(current).IsOn
            ? base.UpdateBatch(current, records, count, option, site, out done)
            : _table.UpdateMany(current, records, count, option, out done);

    /// <inheritdoc/>
    internal override EbpfResult DeleteBatch(KeThread current, byte* keys, uint count, string site, out uint done) =>
        _table.DeleteMany(current, keys, count, out done);

    /// <inheritdoc/>
    internal override EbpfResult ReadBatch(
        KeThread current, WalkPosition position, byte* output, uint room, bool delete, string site, out uint written) =>
        new CopyTrace(current).IsOn
            ? base.ReadBatch(current, position, output, room, delete, site, out written)
            : _table.ReadMany(current, position, output, room, delete, out written);

    /// <inheritdoc/>
    private protected override EbpfResult TakeEntry(KeThread current, byte* key, byte* destination, string site, ref byte* value) =>
        _table.Take(current, key, destination, ref value);

    /// <inheritdoc/>
    internal override void Free(KeThread current) => _table.Dispose(current);

    /// <summary>Creates the table of a map of this family; if it is null, the result says why.</summary>
    private protected static EbpfResult CreateTable(
        in Caller caller, MapParameters parameters, out HashTable? table, HashWatcher? watcher = null)
    {
        table = null;
        if (!parameters.RequireNoInnerMap(caller))
        {
            return caller.Refused;
        }

        EbpfMapDefinition definition = parameters.Definition;
        watcher ??= EntryLimit.Of(caller.Core, definition.MaxEntries);
        table = HashTable.Create(caller.Current, caller.Core.Epochs, definition.KeySize, parameters.Layout.Total, definition.MaxEntries, watcher);
        if (!MapMemory.Require(caller, table is not null, CheckTable.MapCreateMemory, definition.MaxEntries, MapMemory.BucketBytes))
        {
            return caller.Refused;
        }

        return EbpfResult.Success;
    }
}
