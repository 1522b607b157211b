using KernelSim.Protocol;
using KernelSim.Protocol.Messages;

namespace KernelSim.UserMode.Marshalling;

/// <summary>The library's view of a map: its definition, its name, and the layout of one value in a user buffer.</summary>
internal sealed class MapShape
{
    public MapShape(BpfMapType type, uint keySize, uint valueSize, uint maxEntries, string name, int possibleCpus, bool scales)
    {
        Type = type;
        KeySize = keySize;
        ValueSize = valueSize;
        MaxEntries = maxEntries;
        Name = name;
        PerCpuLayout layout = PerCpuLayout.Plain(valueSize);
        HasLayout = !scales || PerCpuLayout.TryCreate(type, valueSize, possibleCpus, out layout);
        Layout = layout;
        SlotsTotal = (long)PerCpuLayout.TotalOf(valueSize, possibleCpus);
        KeysAlwaysExist = MapTypeTable.Find(type)?.KeysAlwaysExist == true;
    }

    public BpfMapType Type { get; }

    /// <summary>Bytes in a key.</summary>
    public uint KeySize { get; }

    /// <summary>Bytes in one CPU's value.</summary>
    public uint ValueSize { get; }

    public uint MaxEntries { get; }

    public string Name { get; }

    /// <summary>False if the size of a whole value exceeds 32 bits; <see cref="Layout"/> is then empty.</summary>
    public bool HasLayout { get; }

    /// <summary>Bytes in a value with a slot for each possible CPU: what must fit 32 bits in a per-CPU map.</summary>
    public long SlotsTotal { get; }

    /// <summary>The layout of one value in a user buffer.</summary>
    public PerCpuLayout Layout { get; }

    /// <summary>How the size of a whole value is computed, in words; made once, since every call that checks a value's buffer names it.</summary>
    public string Formula => field ??= Layout.Formula;

    /// <inheritdoc cref="MapTypeTraits.KeysAlwaysExist"/>
    public bool KeysAlwaysExist { get; }

    /// <summary>The start of error messages about the map: <c>map 'stats'</c>.</summary>
    public string Subject => CallChecks.SubjectOf(Name);

    /// <summary>Whether it is the view of a map with this info.</summary>
    public bool Describes(in BpfMapInfo info) =>
        info.Type == Type
        && info.KeySize == KeySize
        && info.ValueSize == ValueSize
        && info.MaxEntries == MaxEntries
        && info.Name.Is(Name);

    /// <summary>The layout of elements in the messages of a batch update, and of a lookup by a library that scales it.</summary>
    public BatchLayout Batch => new(KeySize, Layout);

    /// <summary>
    /// The layout of a batch lookup. Before #3564 was fixed the library treated every value as an ordinary map's: one CPU's, unpadded.
    /// </summary>
    public BatchLayout LookupBatch(bool scales) => scales ? Batch : new BatchLayout(KeySize, ValueSize);

    /// <summary>The layout of one value that a batch lookup assumes.</summary>
    public PerCpuLayout LookupValue(bool scales) => scales ? Layout : PerCpuLayout.Plain(ValueSize);

    /// <summary>The layout of keys in the messages of a batch delete.</summary>
    public BatchLayout DeleteBatch => new(KeySize, 0);
}
