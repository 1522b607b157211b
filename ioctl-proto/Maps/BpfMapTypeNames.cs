namespace KernelSim.Protocol;

/// <summary>The names by which people know map types: <c>percpu_hash</c>, as bpftool and <c>libbpf_bpf_map_type_str</c> print them.</summary>
public static class BpfMapTypeNames
{
    private static readonly string[] s_names =
    [
        "unspec", "hash", "array", "prog_array", "percpu_hash", "percpu_array", "hash_of_maps", "array_of_maps", "lru_hash", "lpm_trie",
        "queue", "lru_percpu_hash", "stack", "ringbuf", "perf_event_array", "sample_hash_map", "xskmap",
    ];

    /// <summary>All names; the index is the type.</summary>
    public static IReadOnlyList<string> All => s_names;

    /// <summary>The name of a type; null for a number that is no type.</summary>
    public static string? NameOf(BpfMapType type) => (uint)type < (uint)s_names.Length ? s_names[(int)type] : null;

    /// <summary>Finds a type by its name.</summary>
    public static bool TryParse(string name, out BpfMapType type)
    {
        int index = Array.IndexOf(s_names, name);
        type = (BpfMapType)Math.Max(index, 0);
        return index >= 0;
    }
}
