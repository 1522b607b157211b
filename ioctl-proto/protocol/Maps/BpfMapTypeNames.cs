namespace KernelSim.Protocol;

/// <summary>
/// The short names of map types, such as <c>percpu_hash</c>, as bpftool and <c>libbpf_bpf_map_type_str</c> print them. They
/// come from <see cref="MapTypeTable"/>.
/// </summary>
public static class BpfMapTypeNames
{
    private static readonly string[] s_names = [.. MapTypeTable.All.ToArray().Select(row => row.Name)];

    /// <summary>All names, indexed by map type.</summary>
    public static IReadOnlyList<string> All => s_names;

    /// <summary>The name of a type; null if the number is not a valid type.</summary>
    public static string? NameOf(BpfMapType type) => MapTypeTable.Find(type)?.Name;

    /// <summary>Finds a type by its name.</summary>
    public static bool TryParse(string name, out BpfMapType type)
    {
        MapTypeTraits? row = MapTypeTable.Find(name);
        type = row?.Name == name ? row.Type : BpfMapType.Unspec;
        return row?.Name == name;
    }
}
