using System.Text;
using KernelSim.DocsSite.Pages;

namespace KernelSim.DocsSite.Staging;

/// <summary>
/// The folder that docfx reads: pages of the repository, where they lie there, and generated pages. It is closed under links: what a page links
/// to is staged with it. A folder stands for its README or for a list of its files, and a source file becomes a page that shows it.
/// </summary>
/// <param name="root">The folder of the repository that holds the solution.</param>
/// <param name="stage">The folder; it must not exist.</param>
internal sealed class SiteStage(string root, string stage)
{
    /// <summary>The folder whose pages are written for the site alone: they lie at the site's root.</summary>
    public const string SiteFolder = "docs/site";

    /// <summary>The slides, which only pages that are written for the site link to.</summary>
    public const string Slides = "slides.html";

    private static readonly string[] s_images = [".svg", ".png"];

    /// <summary>Folders of generated pages: the pages that are written for the site alone link there.</summary>
    private static readonly string[] s_generated = ["reference/", "api/", Slides];

    private readonly Queue<string> _pages = new();
    private readonly HashSet<string> _staged = new(StringComparer.Ordinal);

    /// <summary>Writes a generated page.</summary>
    public void Add(SitePage page) => Write(page.Path, page.Text);

    /// <summary>Stages a page of the repository, and in turn everything that it links to.</summary>
    /// <param name="path">Its path from the repository's root, with forward slashes.</param>
    public void AddPage(string path)
    {
        Enqueue(path);
        while (_pages.TryDequeue(out string? next))
        {
            string page = next;
            string text = File.ReadAllText(Path.Combine(root, page)).ReplaceLineEndings("\n");
            Write(SitePathOf(page), MarkdownLinks.Replace(text, target => Follow(page, target)));
        }
    }

    /// <summary>Stages a file as it is.</summary>
    /// <param name="path">Its path from the repository's root.</param>
    /// <param name="sitePath">Its path from the site's root.</param>
    public void AddFile(string path, string sitePath)
    {
        if (_staged.Add(sitePath))
        {
            string target = Path.Combine(stage, sitePath);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(Path.Combine(root, path), target);
        }
    }

    /// <summary>The title of a staged page: its first heading.</summary>
    /// <param name="path">Its path from the site's root.</param>
    public string TitleOf(string path) =>
        File.ReadLines(Path.Combine(stage, path)).FirstOrDefault(l => l.StartsWith("# ", StringComparison.Ordinal))?[2..] ?? path;

    /// <summary>Whether a file is staged.</summary>
    public bool Has(string path) => _staged.Contains(path);

    /// <summary>Stages what a page of the repository links to, and returns the link from its place in the site.</summary>
    private string Follow(string page, string target)
    {
        if (page.StartsWith(SiteFolder, StringComparison.Ordinal) && s_generated.Any(g => target.StartsWith(g, StringComparison.Ordinal)))
        {
            return target;
        }

        string full = Path.GetFullPath(Path.Combine(root, Path.GetDirectoryName(page)!, target));
        string path = Path.GetRelativePath(root, full).Replace('\\', '/').TrimEnd('/');
        if (path.StartsWith("..", StringComparison.Ordinal) || !Path.Exists(full))
        {
            throw new SiteException($"{page} links to {target}, which does not exist in the repository.");
        }

        return RelativeTo(SitePathOf(page), Stage(path));
    }

    /// <summary>Stages a file or folder, and returns its place in the site.</summary>
    private string Stage(string path)
    {
        if (Directory.Exists(Path.Combine(root, path)))
        {
            string readme = $"{path}/README.md";
            return File.Exists(Path.Combine(root, readme)) ? Stage(readme) : StageList(path);
        }

        string extension = Path.GetExtension(path);
        if (extension == ".md")
        {
            Enqueue(path);
            return SitePathOf(path);
        }

        if (s_images.Contains(extension))
        {
            AddFile(path, SitePathOf(path));
            return SitePathOf(path);
        }

        return StageSource(path);
    }

    private void Enqueue(string path)
    {
        if (_staged.Add(SitePathOf(path)))
        {
            _pages.Enqueue(path);
        }
    }

    /// <summary>A page that shows a source file.</summary>
    private string StageSource(string path)
    {
        string page = path + ".md";
        if (!_staged.Contains(page))
        {
            string language = Path.GetExtension(path) switch
            {
                ".cs" => "csharp",
                ".patch" => "diff",
                ".csproj" or ".props" => "xml",
                ".json" => "json",
                _ => "text",
            };
            Write(page, new Markdown(Path.GetFileName(path)).Paragraph($"`{path}`")
                .Fence(File.ReadAllText(Path.Combine(root, path)).ReplaceLineEndings("\n"), language).ToString());
        }

        return page;
    }

    /// <summary>A page that lists the files of a folder that has no README.</summary>
    private string StageList(string folder)
    {
        string page = $"{folder}/index.md";
        if (!_staged.Contains(page))
        {
            StringBuilder list = new($"# {folder}\n\n");
            foreach (string path in Directory.EnumerateFiles(Path.Combine(root, folder)).Order(StringComparer.Ordinal))
            {
                string file = Path.GetFileName(path);
                list.Append(null, $"* [{Markdown.Plain(file)}]({RelativeTo(page, Stage($"{folder}/{file}"))})\n");
            }

            Write(page, list.ToString());
        }

        return page;
    }

    private void Write(string path, string text)
    {
        _staged.Add(path);
        string file = Path.Combine(stage, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    private static string SitePathOf(string path) =>
        path.StartsWith(SiteFolder + "/", StringComparison.Ordinal) ? path[(SiteFolder.Length + 1)..] : path;

    private static string RelativeTo(string page, string target) =>
        Path.GetRelativePath(Path.GetDirectoryName("/" + page)!, "/" + target).Replace('\\', '/');
}
