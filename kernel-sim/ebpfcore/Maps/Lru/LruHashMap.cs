using KernelSim.EbpfCore.Hash;
using KernelSim.EbpfCore.Objects;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;

namespace KernelSim.EbpfCore.Maps;

/// <summary>
/// <c>BPF_MAP_TYPE_LRU_HASH</c>: a hash map that never has more than <c>max_entries</c> entries; a new key in a full one evicts the entry
/// that was least recently used according to <see cref="LruHistory"/>. Reads by user mode do not count as uses; writes do.
/// </summary>
internal unsafe class LruHashMap : HashMap
{
    private readonly LruHistory _history;

    private protected LruHashMap(CoreContext core, MapParameters parameters, HashTable table, LruHistory history)
        : base(core, parameters, table)
    {
        _history = history;
    }

    /// <summary>The create routine of the type.</summary>
    public static new EbpfResult Create(in Caller caller, MapParameters parameters, out EbpfMap? map)
    {
        EbpfResult result = CreateParts(caller, parameters, out HashTable? table, out LruHistory? history);
        map = table is null ? null : new LruHashMap(caller.Core, parameters, table, history!);
        return result;
    }

    /// <inheritdoc/>
    internal override EbpfResult FindEntry(KeThread current, byte* key, bool delete, string? site, out byte* value)
    {
        EbpfResult result = base.FindEntry(current, key, delete, site, out value);
        if (result == EbpfResult.Success && !delete && site is null)
        {
            using IrqlScope raised = current.RaiseIrql(Irql.Dispatch);
            _history.OnUse(current, value);
        }

        return result;
    }

    /// <inheritdoc/>
    internal override EbpfResult UpdateEntry(
        KeThread current, byte* key, byte* value, EbpfMapOption option, string? site, out byte* stored)
    {
        EbpfResult result;
        while ((result = base.UpdateEntry(current, key, value, option, site, out stored)) == EbpfResult.OutOfSpace)
        {
            Evict(current);
        }

        return result;
    }

    /// <inheritdoc/>
    internal override EbpfResult UpdateBatch(
        KeThread current, byte* records, uint count, EbpfMapOption option, string site, out uint done)
    {
        done = 0;
        for (; ; Evict(current))
        {
            EbpfResult result = base.UpdateBatch(
                current, records + (done * RecordBytes), count - done, option, site, out uint more);
            done += more;
            if (result != EbpfResult.OutOfSpace)
            {
                return result;
            }
        }
    }

    /// <inheritdoc/>
    internal override void Free(KeThread current)
    {
        base.Free(current);
        _history.Dispose(current);
    }

    /// <summary>Creates the table of a map of this family and the history that watches it; if it is null, the result says why.</summary>
    private protected static EbpfResult CreateParts(
        in Caller caller, MapParameters parameters, out HashTable? table, out LruHistory? history)
    {
        EbpfMapDefinition definition = parameters.Definition;
        table = null;
        history = LruHistory.Create(caller.Current, definition.MaxEntries, definition.KeySize, parameters.Layout.Total);
        if (!MapMemory.Require(caller, history is not null, CheckTable.MapCreateMemory, definition.MaxEntries, MapMemory.BucketBytes))
        {
            return caller.Refused;
        }

        EbpfResult result = CreateTable(caller, parameters, out table, history);
        if (table is null)
        {
            history!.Dispose(caller.Current);
        }

        return result;
    }

    /// <summary>Makes room for one entry: <c>_reap_oldest_map_entry</c>. The caller tries again in any case.</summary>
    private void Evict(KeThread current)
    {
        using IrqlScope raised = current.RaiseIrql(Irql.Dispatch);
        byte* victim = _history.FindVictim(current);
        if (victim != null)
        {
            DeleteEntry(current, victim, site: null);
        }
    }
}
