using System.Globalization;
using Operations = KernelSim.Protocol.MapOperationSupport;

namespace KernelSim.Protocol;

/// <summary>The map types, one row each.</summary>
public static class MapTypeTable
{
    /// <summary>Size in bytes of a value that stands for an object: its id when read, a descriptor when written by user mode.</summary>
    public const uint ObjectValueBytes = 4;

    /// <summary>Bytes at the start of an LPM trie's key that give the prefix's length in bits.</summary>
    public const uint PrefixLengthBytes = 4;

    private static readonly MapTypeTraits[] s_rows =
    [
        new(BpfMapType.Unspec, "unspec", Operations.None),
        new(BpfMapType.Hash, "hash", Operations.OfHashes),
        new(BpfMapType.Array, "array", Operations.OfArraysAndTries) { Capacity = MapCapacity.Slots },
        new(BpfMapType.ProgArray, "prog_array", Operations.OfMapsOfObjects)
        {
            Contents = MapContents.Programs,
            Value = SizeRange.Exactly(ObjectValueBytes),
            Capacity = MapCapacity.Slots,
        },
        new(BpfMapType.PercpuHash, "percpu_hash", Operations.OfHashes) { Contents = MapContents.PerCpuValues },
        new(BpfMapType.PercpuArray, "percpu_array", Operations.OfArraysAndTries)
        {
            Contents = MapContents.PerCpuValues,
            Capacity = MapCapacity.Slots,
        },
        new(BpfMapType.HashOfMaps, "hash_of_maps", Operations.OfMapsOfObjects)
        {
            Contents = MapContents.Maps,
            Value = SizeRange.Exactly(ObjectValueBytes),
        },
        new(BpfMapType.ArrayOfMaps, "array_of_maps", Operations.OfMapsOfObjects)
        {
            Contents = MapContents.Maps,
            Value = SizeRange.Exactly(ObjectValueBytes),
            Capacity = MapCapacity.Slots,
        },
        new(BpfMapType.LruHash, "lru_hash", Operations.OfHashes) { Capacity = MapCapacity.Evicts },
        new(BpfMapType.LpmTrie, "lpm_trie", Operations.OfArraysAndTries) { Key = SizeRange.AtLeast(PrefixLengthBytes) },
        new(BpfMapType.Queue, "queue", Operations.OfQueuesAndStacks) { Key = SizeRange.Zero, Capacity = MapCapacity.Refuses },
        new(BpfMapType.LruPercpuHash, "lru_percpu_hash", Operations.OfHashes)
        {
            Contents = MapContents.PerCpuValues,
            Capacity = MapCapacity.Evicts,
        },
        new(BpfMapType.Stack, "stack", Operations.OfQueuesAndStacks) { Key = SizeRange.Zero, Capacity = MapCapacity.Refuses },
        new(BpfMapType.Ringbuf, "ringbuf", Operations.OfRings)
        {
            Contents = MapContents.Records,
            Key = SizeRange.Zero,
            Value = SizeRange.Any,
            Capacity = MapCapacity.RingBytes,
        },
        new(BpfMapType.PerfEventArray, "perf_event_array", Operations.OfRings)
        {
            Contents = MapContents.PerCpuRecords,
            Key = SizeRange.Any,
            Value = SizeRange.Any,
            Capacity = MapCapacity.RingBytes,
        },
        Custom(BpfMapType.SampleHashMap, "sample_hash_map"),
        Custom(BpfMapType.Xskmap, "xskmap"),
    ];

    /// <summary>The first of the numbers that extensions may take for types of their own.</summary>
    public const uint FirstExtensionType = 0x8000;

    /// <summary>The last of them.</summary>
    public const uint LastExtensionType = 0xFFFF;

    /// <summary>How the name of such a type begins; its number follows.</summary>
    public const string ExtensionTypePrefix = "custom_";

    /// <summary>The numbers of custom types, as a sentence names them.</summary>
    public const string CustomTypeNumbers = "15 (sample_hash_map), 16 (xskmap) or 32768 to 65535 (custom_32768 to custom_65535)";

    /// <summary>One past the largest type that has a row: <c>BPF_MAP_TYPE_MAX</c>.</summary>
    public static int Count => s_rows.Length;

    /// <summary>All rows, by number.</summary>
    public static ReadOnlySpan<MapTypeTraits> All => s_rows;

    /// <summary>The row of a type, generated for an extension's type; null if the number is not a valid type.</summary>
    public static MapTypeTraits? Find(BpfMapType type) =>
        FindRow(type)
        ?? ((uint)type is >= FirstExtensionType and <= LastExtensionType ? Custom(type, NameOfExtensionType(type)) : null);

    /// <summary>The row with a bpftool name, such as <c>percpu_hash</c>, or a C name; null when there is none.</summary>
    public static MapTypeTraits? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Array.Find(s_rows, row => row.Name == name || row.UpstreamName == name)
            ?? (name.StartsWith(ExtensionTypePrefix, StringComparison.Ordinal)
                && uint.TryParse(name.AsSpan(ExtensionTypePrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out uint number)
                && Find((BpfMapType)number) is { } own
                && own.Name == name ? own : null);
    }

    /// <summary>The row of a type that is in the table. Unlike <see cref="Find(BpfMapType)"/> it never generates one.</summary>
    internal static MapTypeTraits? FindRow(BpfMapType type) => (uint)type < (uint)s_rows.Length ? s_rows[(int)type] : null;

    private static string NameOfExtensionType(BpfMapType type) =>
        ExtensionTypePrefix + ((uint)type).ToString(CultureInfo.InvariantCulture);

    private static MapTypeTraits Custom(BpfMapType type, string name) => new(type, name, Operations.OfCustomTypes)
    {
        Key = SizeRange.Any,
        Value = SizeRange.Any,
        Capacity = MapCapacity.Refuses,
        IsCustom = true,
    };
}
