namespace KernelSim.Tool.CommandLine;

/// <summary>The file that a path leads to once every link on the way is followed.</summary>
internal static class ResolvedPath
{
    /// <summary>As many as Linux follows before it fails with ELOOP.</summary>
    private const int MostLinks = 40;

    private static readonly StringComparison s_comparison =
        OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    /// <summary>
    /// Whether two paths lead to one file. Neither has to exist. Devices such as <c>/dev/null</c> do not count: nothing in them can be lost.
    /// </summary>
    public static bool IsSame(string left, string right)
    {
        try
        {
            string file = Resolve(left);
            return file.Equals(Resolve(right), s_comparison) && Path.GetDirectoryName(file) != "/dev";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            // A path that cannot be followed cannot be opened either; opening it says why.
            return false;
        }
    }

    private static string Resolve(string path)
    {
        int links = 0;
        return Resolve(path, ref links);
    }

    private static string Resolve(string path, ref int links)
    {
        string full = Path.GetFullPath(path);
        string resolved = Path.GetPathRoot(full)!;
        foreach (string name in full[resolved.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            FileInfo next = new(Path.Combine(resolved, name));
            if (next.LinkTarget is not { } target)
            {
                resolved = next.FullName;
                continue;
            }

            if (++links > MostLinks)
            {
                throw new IOException($"'{path}' leads through more than {MostLinks} links");
            }

            resolved = Resolve(Path.Combine(resolved, target), ref links);
        }

        return resolved;
    }
}
