using KernelSim.EbpfCore.Epochs;
using KernelSim.EbpfCore.Hash;
using KernelSim.EbpfCore.Memory;
using KernelSim.EbpfCore.Objects;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;

namespace KernelSim.EbpfCore.Maps;

/// <summary>A custom map on <c>BPF_MAP_TYPE_HASH</c>.</summary>
internal unsafe class CustomHashStore : CustomStore
{
    private protected CustomHashStore(EpochManager epochs, HashTable table)
    {
        Epochs = epochs;
        Table = table;
    }

    private protected HashTable Table { get; }

    private EpochManager Epochs { get; }

    /// <inheritdoc cref="CustomStoreTable.Creator"/>
    public static EbpfResult Create(
        in Caller caller, EbpfMapDefinition definition, uint storedBytes, out CustomStore? store)
    {
        var table = HashTable.Create(caller.Current, caller.Core.Epochs, definition.KeySize, storedBytes, definition.MaxEntries);
        store = table is null ? null : new CustomHashStore(caller.Core.Epochs, table);
        if (!MapMemory.Require(caller, table is not null, CheckTable.MapCreateMemory, definition.MaxEntries, MapMemory.BucketBytes))
        {
            return caller.Refused;
        }

        return EbpfResult.Success;
    }

    /// <inheritdoc/>
    public override byte* Find(byte* key) => Table.Find(key);

    /// <inheritdoc/>
    public override byte* FindOwn(byte* key) => Table.Find(key);

    /// <inheritdoc/>
    public override EbpfResult Update(KeThread current, byte* key, byte* value, EbpfMapOption option, out byte* stored) =>
        Table.Update(Epochs.BeginWrite(current), key, value, option, out stored);

    /// <inheritdoc/>
    public override void Delete(KeThread current, byte* key) => Table.Delete(Epochs.BeginWrite(current), key, out _);

    /// <inheritdoc/>
    public override EbpfResult Next(WalkPosition position, byte* next, out byte* value)
    {
        EbpfResult result = Table.Next(position, out byte* key, out value);
        if (result == EbpfResult.Success)
        {
            BlockCopy.Copy(next, key, (uint)Table.KeySize);
        }

        return result;
    }

    /// <inheritdoc/>
    public override void ForEach(ElementAction action)
    {
        WalkPosition position = default;
        while (Table.Next(position, out byte* key, out byte* value) == EbpfResult.Success)
        {
            action(key, value);
            position = WalkPosition.After(key);
        }
    }

    /// <inheritdoc/>
    public override void Dispose(KeThread current) => Table.Dispose(current);
}
