using KernelSim.DocsSite.Pages;
using KernelSim.DocsSite.Staging;

namespace KernelSim.DocsSite;

/// <summary>The pages of the repository that are guides, in the order of the site. A page of <c>docs/</c> that has no row comes last.</summary>
internal static class GuideTable
{
    private static readonly (string Group, string[] Pages)[] s_groups =
    [
        (
            "Use it",
            [
                "docs/playground.md", "docs/lab-scripts.md", "docs/labs.md", "docs/predict.md", "docs/museum.md", "docs/teaching.md",
                "docs/tracing.md", "docs/trace-viewer.md", "docs/serving.md", "docs/debugging.md", "docs/command-line.md", "docs/metrics.md",
            ]),
        (
            "Build on it",
            [
                "docs/packages.md", "docs/testing.md", "docs/writing-a-driver.md", "docs/writing-a-program.md",
                "docs/programs-in-c.md", "docs/custom-maps.md", "docs/adding-to-it.md", "samples/README.md",
            ]),
        ("Understand it", ["docs/architecture.md", "docs/differences.md", "docs/performance.md", "etw-manifests/README.md"]),
        (
            "Part by part",
            [
                "kernel-sim/nt/README.md", "kernel-sim/ebpfcore/README.md", "kernel-sim/netebpfext/README.md", "ioctl-proto/README.md",
                "usermode-api/README.md", "usermode-api/objects/README.md", "tools/trace-analysis/README.md", "tools/trace-reading/README.md",
                "tools/trace-view/README.md", "tools/lab-scripts/README.md", "tools/debugger/README.md", "tools/debugger-clrmd/README.md",
            ]),
        (
            "Samples",
            [
                "samples/echo/README.md", "samples/mailbox/README.md", "samples/sampleext/README.md", "samples/samplemap/README.md",
                "samples/programs/README.md",
            ]),
        ("The project", ["README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md"]),
    ];

    /// <summary>Stages all guides and their table of contents.</summary>
    /// <param name="root">The folder of the repository that holds the solution.</param>
    /// <param name="stage">Where to.</param>
    public static void Stage(string root, SiteStage stage)
    {
        string[] others = [.. Directory.EnumerateFiles(Path.Combine(root, "docs"), "*.md").Select(f => "docs/" + Path.GetFileName(f))
            .Except(s_groups.SelectMany(g => g.Pages)).Order(StringComparer.Ordinal)];
        List<TocEntry> entries = [];
        foreach ((string group, string[] pages) in others.Length == 0 ? s_groups : [.. s_groups, ("More", others)])
        {
            string[] existing = [.. pages.Where(p => File.Exists(Path.Combine(root, p)))];
            foreach (string page in existing)
            {
                stage.AddPage(page);
            }

            entries.Add(new TocEntry(group, null, [.. existing.Select(p => new TocEntry(stage.TitleOf(p), HrefOf(p)))]));
        }

        stage.Add(TocEntry.Table("docs/toc.yml", entries));
    }

    private static string HrefOf(string page) => page.StartsWith("docs/", StringComparison.Ordinal) ? page["docs/".Length..] : "../" + page;
}
