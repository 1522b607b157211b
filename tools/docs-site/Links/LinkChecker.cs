using System.Text.RegularExpressions;
using KernelSim.DocsSite.Links;

namespace KernelSim.DocsSite;

/// <summary>
/// Checks the links of a built site without a network: every file and every anchor that a page or a style sheet names must exist, by its exact
/// name; what a page loads must be the site's own; a link to another host must be well formed.
/// </summary>
public sealed class LinkChecker
{
    private static readonly Regex s_scheme = new("^[A-Za-z][A-Za-z0-9+.-]*:");

    private static readonly Regex s_styleTarget = new(
        """url\(\s*(?:"(?<target>[^"]*)"|'(?<target>[^']*)'|(?<target>[^)"']*))\s*\)|@import\s+["'](?<target>[^"']+)["']""");

    private readonly string _root;
    private readonly HashSet<string> _files;
    private readonly Dictionary<string, HtmlPage> _pages = [];

    /// <summary>Reads the pages of a site.</summary>
    /// <param name="root">The folder of the built site.</param>
    public LinkChecker(string root)
    {
        _root = root;
        _files = [.. Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(root, f).Replace('\\', '/'))];
        foreach (string page in _files.Where(f => f.EndsWith(".html", StringComparison.Ordinal)))
        {
            _pages.Add(page, HtmlPage.Parse(File.ReadAllText(Path.Combine(root, page))));
        }
    }

    /// <summary>The number of pages.</summary>
    public int PageCount => _pages.Count;

    /// <summary>The number of links on all pages.</summary>
    public int LinkCount => _pages.Values.Sum(p => p.Links.Count);

    /// <summary>Returns the dead links of all pages, by page; empty for a sound site.</summary>
    public IReadOnlyList<DeadLink> Check() =>
    [
        .. from page in _pages.OrderBy(p => p.Key, StringComparer.Ordinal)
           from link in page.Value.Links.Distinct()
           let reason = Complaint(page.Key, link)
           where reason is not null
           select new DeadLink(page.Key, link.Target, reason),
        .. from sheet in _files.Where(f => f.EndsWith(".css", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
           from target in TargetsOf(sheet).Distinct()
           let reason = Complaint(sheet, new HtmlLink(target, Loads: true))
           where reason is not null
           select new DeadLink(sheet, target, reason),
    ];

    private IEnumerable<string> TargetsOf(string sheet) => s_styleTarget.Matches(File.ReadAllText(Path.Combine(_root, sheet)))
        .Select(m => m.Groups["target"].Value.Trim());

    /// <summary>What is wrong with a link; null for a good one.</summary>
    private string? Complaint(string page, HtmlLink link)
    {
        string target = link.Target.Trim();
        if (target.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        if (s_scheme.IsMatch(target) || target.StartsWith("//", StringComparison.Ordinal))
        {
            return OtherHost(target, link.Loads);
        }

        string[] parts = target.Split('#', 2);
        string path = Uri.UnescapeDataString(parts[0].Split('?')[0]);
        if (path.StartsWith('/'))
        {
            return "starts at the host's root, but the site may lie in a folder: expected a relative link";
        }

        string? file = path.Length == 0 ? page : FileOf(page, path);
        return file is null ? "leads out of the site"
            : !_files.Contains(file) ? $"no such file: {file}"
            : parts.Length == 2 && !HasAnchor(file, Uri.UnescapeDataString(parts[1])) ? $"no such anchor in {file}"
            : null;
    }

    private static string? OtherHost(string target, bool loads) =>
        target.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase) && !loads ? null
        : !Uri.TryCreate(target, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("http" or "https") || uri.Host.Length == 0
            ? "expected a well-formed http or https address"
        : loads ? "is loaded from another host: the site must be readable without a network"
        : null;

    /// <summary>The file that a relative path names; null if it lies above the root.</summary>
    private static string? FileOf(string page, string path)
    {
        List<string> parts = [.. page.Split('/').SkipLast(1)];
        foreach (string part in path.Split('/'))
        {
            if (part == ".." && parts.Count == 0)
            {
                return null;
            }

            if (part == "..")
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else if (part is not ("." or ""))
            {
                parts.Add(part);
            }
        }

        bool isFolder = path.Split('/')[^1] is "" or "." or "..";
        return string.Join('/', isFolder ? [.. parts, "index.html"] : parts);
    }

    /// <summary>An empty fragment and <c>#top</c> are the top of any page; what is no page has no anchors to check.</summary>
    private bool HasAnchor(string file, string fragment) =>
        fragment is "" or "top" || !_pages.TryGetValue(file, out HtmlPage? page) || page.Anchors.Contains(fragment);
}
