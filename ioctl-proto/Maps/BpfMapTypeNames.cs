namespace KernelSim.Protocol;

/// <summary>
/// The names by which people know map types: <c>percpu_hash</c>, as bpftool and <c>libbpf_bpf_map_type_str</c> print them. They
/// stand in <see cref="MapTypeTable"/>.
/// </summary>
public static class BpfMapTypeNames
{
    private static readonly string[] s_names = [.. MapTypeTable.All.ToArray().Select(row => row.Name)];

    /// <summary>All names; the index is the type.</summary>
    public static IReadOnlyList<string> All => s_names;

    /// <summary>The name of a type; null for a number that is no type.</summary>
    public static string? NameOf(BpfMapType type) => MapTypeTable.Find(type)?.Name;

    /// <summary>Finds a type by its name.</summary>
    public static bool TryParse(string name, out BpfMapType type)
    {
        int index = Array.IndexOf(s_names, name);
        type = (BpfMapType)Math.Max(index, 0);
        return index >= 0;
    }
}
