using KernelSim.EbpfCore.Tests.Support;
using KernelSim.Protocol;

namespace KernelSim.EbpfCore.Tests.Maps;

/// <summary>
/// A map with keys as a dictionary of whole values, answering as upstream's map types do. Nothing is ever evicted: an LRU map has to be large
/// enough.
/// </summary>
internal sealed class MapModel(BpfMapType type, PerCpuLayout layout, uint maxEntries)
{
    private readonly Dictionary<uint, byte[]> _entries = [];

    public bool IsArray => MapTypes.IsArray(type);

    /// <summary>The keys that are there; of an array all indexes, in its order.</summary>
    public IEnumerable<uint> Keys => IsArray ? Enumerable.Range(0, (int)maxEntries).Select(i => (uint)i) : _entries.Keys;

    /// <summary>A key's value, all slots; null when there is none.</summary>
    public byte[]? Value(uint key) =>
        _entries.GetValueOrDefault(key) ?? (IsArray && key < maxEntries ? new byte[layout.Total] : null);

    public EbpfResult Find(uint key, bool delete)
    {
        bool isTrie = type == BpfMapType.LpmTrie;
        if (delete && (IsArray || isTrie))
        {
            return EbpfResult.InvalidArgument;
        }

        EbpfResult absent = isTrie ? EbpfResult.KeyNotFound : EbpfResult.ObjectNotFound;
        EbpfResult result = Value(key) is null ? absent : EbpfResult.Success;
        if (delete)
        {
            _entries.Remove(key);
        }

        return result;
    }

    public EbpfResult Update(uint key, byte[] value, EbpfMapOption option)
    {
        EbpfResult result = (IsArray, option) switch
        {
            (true, EbpfMapOption.NoExist) => EbpfResult.InvalidArgument,
            (true, _) => key < maxEntries ? EbpfResult.Success : EbpfResult.InvalidArgument,
            (_, EbpfMapOption.Any) => EbpfResult.Success,
            (_, EbpfMapOption.NoExist) => _entries.ContainsKey(key) ? EbpfResult.ObjectAlreadyExists : EbpfResult.Success,
            (_, EbpfMapOption.Exist) => _entries.ContainsKey(key) ? EbpfResult.Success : EbpfResult.KeyNotFound,
            _ => EbpfResult.InvalidArgument,
        };
        if (result == EbpfResult.Success)
        {
            _entries[key] = value;
        }

        return result;
    }

    /// <summary>A program's update: of one slot, whatever the option, if the map is per-CPU and the key is there.</summary>
    public EbpfResult HelperUpdate(int cpu, uint key, byte[] slot, ulong flags)
    {
        if (!layout.IsPerCpu)
        {
            return Update(key, slot, (EbpfMapOption)(uint)flags);
        }

        byte[]? block = Value(key);
        EbpfResult result = block is null ? Update(key, new byte[layout.Total], (EbpfMapOption)(uint)flags) : EbpfResult.Success;
        if (result == EbpfResult.Success)
        {
            block = [.. block ?? new byte[layout.Total]];
            slot.CopyTo(block, layout.SlotOffset(cpu));
            _entries[key] = block;
        }

        return result;
    }

    public EbpfResult Delete(uint key)
    {
        if (IsArray && key >= maxEntries)
        {
            return EbpfResult.InvalidArgument;
        }

        return _entries.Remove(key) || IsArray ? EbpfResult.Success : EbpfResult.KeyNotFound;
    }

    /// <summary>What a walk in a map's order gives from a cursor on.</summary>
    /// <param name="order">All keys, in the map's order.</param>
    /// <param name="cursor">The key to begin after; null for the start.</param>
    /// <returns>The keys; null when the cursor has gone.</returns>
    public uint[]? After(IReadOnlyList<uint> order, uint? cursor)
    {
        if (cursor is not { } key)
        {
            return [.. order];
        }

        if (IsArray)
        {
            return [.. order.Skip((int)Math.Min(unchecked(key + 1), maxEntries))];
        }

        int at = order.ToList().IndexOf(key);
        return at < 0 ? null : [.. order.Skip(at + 1)];
    }

    /// <summary>Reading many: how it ends, and which keys come.</summary>
    public (EbpfResult Result, uint[] Keys) ReadBatch(IReadOnlyList<uint> order, uint? cursor, int room, bool delete)
    {
        if (room == 0)
        {
            return (EbpfResult.Success, []);
        }

        uint[]? rest = After(order, cursor);
        if (rest is not { Length: > 0 })
        {
            return (rest is null ? EbpfResult.KeyNotFound : EbpfResult.NoMoreKeys, []);
        }

        // The key before the first goes too; an array may have none of that number.
        EbpfResult result = delete && cursor is { } key ? Delete(key) : EbpfResult.Success;
        return (result, result == EbpfResult.Success ? rest[..Math.Min(room, rest.Length)] : []);
    }
}
