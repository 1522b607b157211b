using KernelSim.LabScripts;
using KernelSim.LabScripts.Explain;
using KernelSim.Protocol;

namespace KernelSim.DocsSite.Pages;

/// <summary>The reference that is made from code: checks, errnos, ops, verbs, and the table of contents that also holds the events.</summary>
internal static class ReferencePages
{
    /// <summary>The page of events, from the repository's root: another tool writes it.</summary>
    public const string Events = "etw-manifests/events.md";

    /// <summary>All pages.</summary>
    /// <param name="root">The folder of the repository that holds the solution.</param>
    public static IEnumerable<SitePage> Make(string root)
    {
        LabScriptPage scripts = new(File.ReadAllText(Path.Combine(root, "docs/lab-scripts.md")).ReplaceLineEndings("\n"));
        return
        [
            Index(),
            Toc(),
            .. new CheckPages(new CheckSites(root), scripts).Make(),
            .. ErrnoPages.Make(),
            .. new OpPages(scripts).Make(),
            .. VerbPages.Make(),
            ApiAssemblies.Make(),
        ];
    }

    private static SitePage Index() => new("reference/index.md", new Markdown("Reference")
        .Paragraph("Made from the code that it describes, as the command line's own answers are.")
        .Table(["part", "says"],
        [
            ["[Checks](checks/index.md)", "for each check: text, formula, fix, how a refusal travels, every way to reach it"],
            ["[Errnos](errno/index.md)", "for each errno: all results, statuses, checks and calls that end in it"],
            ["[Events](../etw-manifests/events.md)", "for each event of a trace: level, keywords, message, fields"],
            ["[Ops of lab scripts](ops/index.md)", "for each op: fields, types, defaults, results, an example"],
            ["[The command line](commands/index.md)", "for each verb: arguments, options, an example"],
            ["[API](../api/index.md)", "for each public type: shapes, units, errors"],
        ])
        .ToString());

    private static SitePage Toc() => TocEntry.Table(
        "reference/toc.yml",
        new TocEntry("Reference", "index.md"),
        new TocEntry("Checks", "checks/index.md", [.. CheckPages.Areas.Select(area => new TocEntry(
            CheckPages.TitleOf(area.Key), null, [.. area.Select(c => Entry($"{c.Code} {c.Id}", CheckPages.PathOf(c)))]))]),
        new TocEntry("Errnos", "errno/index.md", [.. ErrnoMeanings.All.Select(e => Entry(ResultConversions.NameOf(e), ErrnoPages.PathOf(e)))]),
        new TocEntry("Events", "../" + Events),
        new TocEntry("Ops of lab scripts", "ops/index.md", [.. ScriptOpTable.All.Select(op => Entry(op.Name, OpPages.PathOf(op)))]),
        new TocEntry("The command line", "commands/index.md", [.. VerbPages.Verbs.Select(v => Entry($"kernelsim {v}", VerbPages.PathOf(v)))]));

    private static TocEntry Entry(string name, string path) => new(name, path["reference/".Length..]);
}
