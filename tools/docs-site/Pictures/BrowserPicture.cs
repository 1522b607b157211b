using System.Text.Json;

namespace KernelSim.DocsSite.Pictures;

/// <summary>A page that commands make, in a browser, as a PNG. The commands run in a folder of their own.</summary>
/// <param name="File">The file's name.</param>
/// <param name="Width">Of the window, in pixels.</param>
/// <param name="Height">Of the window, in pixels.</param>
internal sealed record BrowserPicture(string File, int Width, int Height) : IPicture
{
    /// <summary>Files that the commands read: name and text.</summary>
    public Dictionary<string, string> Files { get; init; } = [];

    /// <summary>Files of the repository that the commands read.</summary>
    public IReadOnlyList<string> Copies { get; init; } = [];

    /// <summary>Command lines without <c>kernelsim</c>. The last one writes <c>page.html</c>.</summary>
    public required IReadOnlyList<string[]> Commands { get; init; }

    /// <summary>What the page's address ends with.</summary>
    public string Place { get; init; } = string.Empty;

    /// <summary>If not null, the page is opened at the first event whose field <c>text</c> begins with this.</summary>
    public string? EventWithText { get; init; }

    /// <inheritdoc/>
    public bool NeedsBrowser => true;

    /// <inheritdoc/>
    public void Make(string root, string path)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("docs-site-");
        try
        {
            foreach ((string name, string text) in Files)
            {
                System.IO.File.WriteAllText(Path.Combine(folder.FullName, name), text);
            }

            foreach (string copy in Copies)
            {
                System.IO.File.Copy(Path.Combine(root, copy), Path.Combine(folder.FullName, Path.GetFileName(copy)));
            }

            foreach (string[] command in Commands)
            {
                ToolRunner.Run(folder.FullName, command);
            }

            string place = EventWithText is { } wanted ? $"#request=0&event={EventOf(folder.FullName, wanted)}" : Place;
            HeadlessBrowser.Draw(Path.Combine(folder.FullName, "page.html"), place, Width, Height, path);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>The number of the first event with a text: that of its line.</summary>
    private int EventOf(string folder, string wanted)
    {
        string trace = Commands[^1][2];
        string[] lines = ToolRunner.Run(folder, "trace", "events", trace, "-j").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        int found = Array.FindIndex(lines, line =>
        {
            using JsonDocument e = JsonDocument.Parse(line);
            return e.RootElement.GetProperty("payload").TryGetProperty("text", out JsonElement text)
                && text.ToString().StartsWith(wanted, StringComparison.Ordinal);
        });
        return found >= 0 ? found : throw new SiteException($"{File}: no event of {trace} has a text that begins with '{wanted}'.");
    }
}
