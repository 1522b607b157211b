namespace KernelSim.Tool.Bpf.Compiling;

/// <summary>Gives names of C to members of a class: letters, digits and underscores, and no name twice.</summary>
internal sealed class ClrNames
{
    private readonly HashSet<string> _given = new(StringComparer.Ordinal);

    /// <summary>The name itself if it can be had, otherwise one like it.</summary>
    public string Unique(string name)
    {
        string wanted = Of(name);
        string unique = wanted;
        for (int i = 2; !_given.Add(unique); i++)
        {
            unique = $"{wanted}_{i}";
        }

        return unique;
    }

    /// <summary>A name without what no name may have.</summary>
    public static string Of(string name)
    {
        string kept = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'));
        return kept.Length == 0 || char.IsAsciiDigit(kept[0]) ? $"_{kept}" : kept;
    }
}
