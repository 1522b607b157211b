using System.Globalization;

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
        // One letter for each MapOperation: find, find+delete, update, update with handle, delete, next key, batch get,
        // batch get+delete, push, pop and peek, ring. Y supported, N not supported, I invalid argument.
        new(BpfMapType.Unspec, "unspec", "NNNNNNNNNNN"),
        new(BpfMapType.Hash, "hash", "YYYNYYYYIIN"),
        new(BpfMapType.Array, "array", "YIYNYYYYIIN") { Capacity = MapCapacity.Slots },
        new(BpfMapType.ProgArray, "prog_array", "YINYYYYYNIN")
        {
            Value = SizeRange.Exactly(ObjectValueBytes),
            Capacity = MapCapacity.Slots,
            InnerMap = InnerMapRule.Ignored,
        },
        new(BpfMapType.PercpuHash, "percpu_hash", "YYYNYYYYIIN"),
        new(BpfMapType.PercpuArray, "percpu_array", "YIYNYYYYIIN") { Capacity = MapCapacity.Slots },
        new(BpfMapType.HashOfMaps, "hash_of_maps", "YINYYYYYNIN")
        {
            Value = SizeRange.Exactly(ObjectValueBytes),
            InnerMap = InnerMapRule.Required,
        },
        new(BpfMapType.ArrayOfMaps, "array_of_maps", "YINYYYYYNIN")
        {
            Value = SizeRange.Exactly(ObjectValueBytes),
            Capacity = MapCapacity.Slots,
            InnerMap = InnerMapRule.Required,
        },
        new(BpfMapType.LruHash, "lru_hash", "YYYNYYYYIIN") { Capacity = MapCapacity.Evicts },
        new(BpfMapType.LpmTrie, "lpm_trie", "YIYNYYYYIIN") { Key = SizeRange.AtLeast(PrefixLengthBytes) },
        new(BpfMapType.Queue, "queue", "YYYNNNNNYYN") { Key = SizeRange.Zero, Capacity = MapCapacity.Refuses },
        new(BpfMapType.LruPercpuHash, "lru_percpu_hash", "YYYNYYYYIIN") { Capacity = MapCapacity.Evicts },
        new(BpfMapType.Stack, "stack", "YYYNNNNNYYN") { Key = SizeRange.Zero, Capacity = MapCapacity.Refuses },
        new(BpfMapType.Ringbuf, "ringbuf", "NNNNNNNNNNY")
        {
            Key = SizeRange.Zero,
            Value = SizeRange.Any,
            Capacity = MapCapacity.RingBytes,
        },
        new(BpfMapType.PerfEventArray, "perf_event_array", "NNNNNNNNNNY")
        {
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
        (uint)type < (uint)s_rows.Length ? s_rows[(int)type]
        : (uint)type is >= FirstExtensionType and <= LastExtensionType ? Custom(type, NameOfExtensionType(type))
        : null;

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

    private static string NameOfExtensionType(BpfMapType type) =>
        ExtensionTypePrefix + ((uint)type).ToString(CultureInfo.InvariantCulture);

    private static MapTypeTraits Custom(BpfMapType type, string name) => new(type, name, "YYYNYYNNIIN")
    {
        Key = SizeRange.Any,
        Value = SizeRange.Any,
        Capacity = MapCapacity.Refuses,
        IsCustom = true,
    };
}
