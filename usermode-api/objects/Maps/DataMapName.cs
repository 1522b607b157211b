namespace KernelSim.ObjectFiles.Maps;

/// <summary>The names that libbpf gives to maps of global variables: at most 15 characters.</summary>
internal static class DataMapName
{
    private const int Longest = 15;
    private const int ShortestSuffix = 7;

    /// <summary>
    /// <c>counter.bss</c>: as much of the file's name as there is room for, and the section's. A section that is named by its author, such as
    /// <c>.data.limits</c>, has its own name only.
    /// </summary>
    public static string Of(string objectName, string section)
    {
        int suffix = Math.Min(Math.Max(section.Length, ShortestSuffix), Longest);
        int prefix = section.IndexOf('.', 1) >= 0 ? 0 : Math.Min(Longest - suffix, objectName.Length);
        string name = objectName[..prefix] + section[..Math.Min(section.Length, suffix)];
        return string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c == '.' ? c : '_'));
    }
}
