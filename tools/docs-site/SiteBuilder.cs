using KernelSim.DocsSite.Docfx;
using KernelSim.DocsSite.Pages;
using KernelSim.DocsSite.Slides;
using KernelSim.DocsSite.Staging;

namespace KernelSim.DocsSite;

/// <summary>Builds the site: stages pages, lets docfx read the assemblies and make the site, and checks every link.</summary>
/// <param name="root">The folder of the repository that holds the solution.</param>
/// <param name="output">The folder of the site. Its files are replaced.</param>
/// <param name="log">Where to say what is being done.</param>
internal sealed class SiteBuilder(string root, string output, TextWriter log)
{
    /// <summary>A file that docfx writes last, by which a folder is known as a site.</summary>
    private const string Mark = "xrefmap.yml";

    private static readonly string[] s_starts = ["index.md", "learn.md", "debug.md", "prototype.md"];

    /// <summary>Builds it.</summary>
    /// <returns>The dead links; empty for a sound site.</returns>
    /// <exception cref="SiteException">docfx failed or warned, or a page links to nothing in the repository.</exception>
    public IReadOnlyList<DeadLink> Build()
    {
        // Below 'obj' the generated pages are out of the way of tools and tests that read the repository's own.
        string folder = Path.Combine(root, "tools/docs-site/obj/site", $"{Environment.ProcessId}");
        DeleteFolder(folder);
        try
        {
            string settings = Stage(folder);
            DocfxTool docfx = new(root);
            log.WriteLine("docfx: restoring the tool");
            docfx.Restore();
            log.WriteLine("docfx: reading the assemblies and building the site");
            DeleteSite();
            docfx.Build(settings);
        }
        finally
        {
            DeleteFolder(folder);
        }

        LinkChecker checker = new(output);
        IReadOnlyList<DeadLink> dead = checker.Check();
        log.WriteLine($"{checker.PageCount} pages, {checker.LinkCount} links, {dead.Count} dead");
        return dead;
    }

    /// <summary>Writes what docfx reads, and returns the path of its settings.</summary>
    private string Stage(string folder)
    {
        SiteStage stage = new(root, folder);
        foreach (string start in s_starts)
        {
            stage.AddPage($"{SiteStage.SiteFolder}/{start}");
        }

        stage.AddFile($"{SiteStage.SiteFolder}/logo.svg", "logo.svg");
        stage.Add(new SitePage(SiteStage.Slides, SlidePage.Of(root)));
        GuideTable.Stage(root, stage);
        stage.AddPage(ReferencePages.Events);
        foreach (SitePage page in ReferencePages.Make(root))
        {
            stage.Add(page);
        }

        stage.Add(TocEntry.Table(
            "toc.yml",
            new TocEntry("Learn", "learn.md"),
            new TocEntry("Debug", "debug.md"),
            new TocEntry("Prototype", "prototype.md"),
            new TocEntry("Guides", "docs/") { Homepage = "docs/lab-scripts.md" },
            new TocEntry("Reference", "reference/") { Homepage = "reference/index.md" },
            new TocEntry("API", "api/") { Homepage = "api/index.md" }));
        string settings = Path.Combine(folder, "docfx.json");
        File.WriteAllText(settings, DocfxSettings.Make(
            AppContext.BaseDirectory, ApiAssemblies.All.Select(a => a.Name), Path.Combine(root, SiteStage.SiteFolder, "template"), output));
        return settings;
    }

    /// <summary>Deletes an earlier site, or what is left of one that was interrupted. A folder of anything else is left alone.</summary>
    private void DeleteSite()
    {
        if (Directory.Exists(output) && Directory.EnumerateFileSystemEntries(output).Any() && !File.Exists(Path.Combine(output, Mark)))
        {
            throw new SiteException($"'{output}' is given as the folder of the site, but it holds something else; expected an empty or new folder.");
        }

        DeleteFolder(output);
        Directory.CreateDirectory(output);
        File.WriteAllText(Path.Combine(output, Mark), string.Empty);
    }

    private static void DeleteFolder(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
