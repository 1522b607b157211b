using KernelSim.Protocol;

namespace KernelSim.UserMode.Marshalling;

/// <summary>What the library knows of a map: its definition, its name, and how one value lies in a user buffer.</summary>
internal sealed class MapShape
{
    public MapShape(BpfMapType type, uint keySize, uint valueSize, uint maxEntries, string name, int possibleCpus)
    {
        Type = type;
        KeySize = keySize;
        ValueSize = valueSize;
        MaxEntries = maxEntries;
        Name = name;
        HasLayout = PerCpuLayout.TryCreate(type, valueSize, possibleCpus, out PerCpuLayout layout);
        Layout = layout;
    }

    public BpfMapType Type { get; }

    /// <summary>Bytes in a key.</summary>
    public uint KeySize { get; }

    /// <summary>Bytes in one CPU's value.</summary>
    public uint ValueSize { get; }

    public uint MaxEntries { get; }

    public string Name { get; }

    /// <summary>False when a whole value has more bytes than 32 bits can count; <see cref="Layout"/> is then empty.</summary>
    public bool HasLayout { get; }

    /// <summary>How one value lies in a user buffer.</summary>
    public PerCpuLayout Layout { get; }

    /// <summary>A whole value taken as one block, its padding as part of it.</summary>
    public PerCpuLayout PaddedLayout
    {
        get
        {
            PerCpuLayout.TryCreate(BpfMapType.Hash, Layout.Total, 1, out PerCpuLayout block);
            return block;
        }
    }

    /// <summary>True where keys are indexes that always exist: deleting sets a value to zeros.</summary>
    public bool IsArray => Type is BpfMapType.Array or BpfMapType.PercpuArray;

    /// <summary>The map as error messages begin: <c>map 'stats'</c>.</summary>
    public string Subject => Name.Length > 0 ? $"map '{Name}'" : "map";

    /// <summary>How elements lie in the messages of a batch update, and of a lookup by a library that scales it.</summary>
    public BatchLayout Batch => new(KeySize, Layout);

    /// <summary>
    /// How a batch lookup cuts records. Before #3564 was fixed the library took every value as an ordinary map's: one CPU's, not padded.
    /// </summary>
    public BatchLayout LookupBatch(bool scales) => scales ? Batch : new BatchLayout(KeySize, ValueSize);

    /// <summary>One value as a batch lookup takes it.</summary>
    public PerCpuLayout LookupValue(bool scales)
    {
        PerCpuLayout.TryCreate(scales ? Type : BpfMapType.Hash, ValueSize, scales ? Layout.SlotCount : 1, out PerCpuLayout layout);
        return layout;
    }

    /// <summary>How keys lie in the messages of a batch delete.</summary>
    public BatchLayout DeleteBatch => new(KeySize, 0);
}
