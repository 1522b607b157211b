namespace KernelSim.Tool.Playground;

/// <summary>A folder as a web site: which file a path leads to. Nothing outside of the folder can be reached.</summary>
/// <param name="folder">The folder, without links that lead out of it: a link is followed only to places inside.</param>
internal sealed class StaticSite(string folder)
{
    private static readonly StringComparison s_comparison =
        OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    private static readonly Dictionary<string, string> s_types = new(StringComparer.OrdinalIgnoreCase)
    {
        [".html"] = "text/html; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".mjs"] = "text/javascript; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".json"] = "application/json; charset=utf-8",
        [".map"] = "application/json; charset=utf-8",
        [".svg"] = "image/svg+xml",
        [".png"] = "image/png",
        [".wasm"] = "application/wasm",
        [".txt"] = "text/plain; charset=utf-8",
    };

    private readonly string _root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));

    /// <summary>The media type of a file by its extension.</summary>
    public static string TypeOf(string path) => s_types.GetValueOrDefault(Path.GetExtension(path), "application/octet-stream");

    /// <summary>The file of a path; null where there is none, and for a path that leads out of the folder.</summary>
    /// <param name="path">The path of a request, with its escapes decoded: it starts with a slash.</param>
    public FileInfo? Find(string path)
    {
        string[] names = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (!path.StartsWith('/') || names.Any(n => n is "." or ".." || n.AsSpan().IndexOfAny("\\:\0") >= 0))
        {
            return null;
        }

        FileInfo file = new(Path.Combine([_root, .. names, .. path.EndsWith('/') ? (string[])["index.html"] : []]));
        return file.Exists && Contains(file) && !IsBehindLink(file) ? file : null;
    }

    /// <summary>Whether a folder between the root and the file is a link: what is behind it may be anywhere.</summary>
    private bool IsBehindLink(FileInfo file)
    {
        for (DirectoryInfo? at = file.Directory; at is not null && at.FullName.Length > _root.Length; at = at.Parent)
        {
            if (at.LinkTarget is not null)
            {
                return true;
            }
        }

        return false;
    }

    private bool Contains(FileInfo file)
    {
        string target = file.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? file.FullName;
        return target.StartsWith(_root + Path.DirectorySeparatorChar, s_comparison);
    }
}
