using System.Text;

namespace KernelSim.DocsSite.Pages;

/// <summary>An entry of a table of contents.</summary>
/// <param name="Name">Its text.</param>
/// <param name="Href">The page or folder it leads to, relative to the table; null for a group.</param>
/// <param name="Items">What lies below it.</param>
internal sealed record TocEntry(string Name, string? Href, params IReadOnlyList<TocEntry> Items)
{
    /// <summary>For a folder: the page that opens, from the site's root.</summary>
    public string? Homepage { get; init; }

    /// <summary>A table of contents as docfx reads it.</summary>
    /// <param name="path">Its path from the site's root.</param>
    /// <param name="entries">Its entries.</param>
    public static SitePage Table(string path, params IReadOnlyList<TocEntry> entries)
    {
        StringBuilder yaml = new();
        Append(yaml, entries, 0);
        return new SitePage(path, yaml.ToString());
    }

    private static void Append(StringBuilder yaml, IReadOnlyList<TocEntry> entries, int depth)
    {
        string indent = new(' ', 2 * depth);
        foreach (TocEntry entry in entries)
        {
            yaml.Append(null, $"{indent}- name: {Quote(entry.Name)}\n");
            if (entry.Href is not null)
            {
                yaml.Append(null, $"{indent}  href: {Quote(entry.Href)}\n");
            }

            if (entry.Homepage is not null)
            {
                yaml.Append(null, $"{indent}  homepage: {Quote(entry.Homepage)}\n");
            }

            if (entry.Items.Count > 0)
            {
                yaml.Append(null, $"{indent}  items:\n");
                Append(yaml, entry.Items, depth + 1);
            }
        }
    }

    private static string Quote(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
