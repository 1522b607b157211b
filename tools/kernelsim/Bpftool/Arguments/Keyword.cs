namespace KernelSim.Tool.Bpftool.Arguments;

/// <summary>bpftool's keywords.</summary>
internal static class Keyword
{
    /// <summary>Whether a word stands for a keyword: any beginning of it does, the empty one too.</summary>
    public static bool Is(string? word, string keyword) => word is not null && keyword.StartsWith(word, StringComparison.Ordinal);
}
