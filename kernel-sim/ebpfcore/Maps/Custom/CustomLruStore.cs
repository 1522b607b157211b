using KernelSim.EbpfCore.Epochs;
using KernelSim.EbpfCore.Hash;
using KernelSim.EbpfCore.Objects;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;

namespace KernelSim.EbpfCore.Maps;

/// <summary>
/// A custom map on <c>BPF_MAP_TYPE_LRU_HASH</c>: a new key in a full map evicts the entry that was least recently used by programs.
/// </summary>
internal sealed unsafe class CustomLruStore : CustomHashStore
{
    private readonly LruHistory _history;

    private CustomLruStore(EpochManager epochs, HashTable table, LruHistory history)
        : base(epochs, table)
    {
        _history = history;
    }

    /// <inheritdoc/>
    public override bool Evicts => true;

    /// <inheritdoc cref="CustomHashStore.Create"/>
    public static new EbpfResult Create(
        in Caller caller, EbpfMapDefinition definition, uint storedBytes, out CustomStore? store)
    {
        store = null;
        if (!caller.Require(definition.MaxEntries != 0, CheckTable.MapCreateMaxEntries, definition.MaxEntries, 1))
        {
            return caller.Refused;
        }

        var history = LruHistory.Create(caller.Current, definition.MaxEntries, definition.KeySize, storedBytes);
        HashTable? table = history is null
            ? null
            : HashTable.Create(caller.Current, caller.Core.Epochs, definition.KeySize, storedBytes, definition.MaxEntries, history);
        if (table is null)
        {
            history?.Dispose(caller.Current);
        }

        store = table is null ? null : new CustomLruStore(caller.Core.Epochs, table, history!);
        if (!MapMemory.Require(caller, table is not null, CheckTable.MapCreateMemory, definition.MaxEntries, MapMemory.BucketBytes))
        {
            return caller.Refused;
        }

        return EbpfResult.Success;
    }

    /// <inheritdoc/>
    public override void OnUse(KeThread current, byte* value)
    {
        using IrqlScope raised = current.RaiseIrql(Irql.Dispatch);
        _history.OnUse(current, value);
    }

    /// <inheritdoc/>
    public override byte* FindVictim(KeThread current) => _history.FindVictim(current);

    /// <inheritdoc/>
    public override void Dispose(KeThread current)
    {
        base.Dispose(current);
        _history.Dispose(current);
    }
}
