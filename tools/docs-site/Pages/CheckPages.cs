using KernelSim.LabScripts.Explain;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using static KernelSim.DocsSite.Pages.Markdown;

namespace KernelSim.DocsSite.Pages;

/// <summary>
/// A page for each check, since a reader comes with one id from an error message, and the list of all. They say what <c>kernelsim explain</c>
/// says, where the sources name the check, and which example of a lab script it refuses.
/// </summary>
/// <param name="sites">Where the sources name each check.</param>
/// <param name="scripts">The examples of lab scripts.</param>
internal sealed class CheckPages(CheckSites sites, LabScriptPage scripts)
{
    private const string Folder = "reference/checks";

    /// <summary>The areas by the first part of the id, with their titles.</summary>
    private static readonly (string Area, string Title)[] s_areas =
    [
        ("api", "The user library"),
        ("typed", "The typed API"),
        ("io", "The I/O manager"),
        ("driver", "The driver's dispatch"),
        ("validator", "The validator of messages"),
        ("core", "Operations"),
        ("handle", "Handles"),
        ("object", "Objects"),
        ("pin", "Pins"),
        ("map", "Maps"),
        ("program", "Programs"),
        ("link", "Links"),
        ("native", "Native modules"),
    ];

    /// <summary>The page of a check, from the site's root.</summary>
    public static string PathOf(Check check) => $"{Folder}/{check.Id}.md";

    /// <summary>The checks by area: those with a title first, in its order.</summary>
    public static IEnumerable<IGrouping<string, EbpfCheck>> Areas => CheckTable.All
        .GroupBy(c => c.Id.Split('.')[0])
        .OrderBy(g => Array.FindIndex(s_areas, a => a.Area == g.Key) is >= 0 and int place ? place : int.MaxValue);

    /// <summary>The title of an area; its name if it has none.</summary>
    public static string TitleOf(string area) =>
        Array.Find(s_areas, a => a.Area == area) is { Title: { } title } ? $"{title} ({area}.*)" : $"{area}.*";

    /// <summary>All pages.</summary>
    public IEnumerable<SitePage> Make() => [Index(), .. CheckTable.All.Select(c => new SitePage(PathOf(c), Page(c)))];

    private static SitePage Index()
    {
        Markdown page = new Markdown("Checks").Paragraph(
            "A refused call names the check that refused it: in the exception, in a script's result, in the trace, and in what "
            + "`kernelsim explain` prints. Each check has a page: what is checked, the formula of the expected number, the fix, and how the refusal "
            + "travels to the caller. Numbers 1xxx are the user library's, 2xxx the I/O manager's and the driver's, 3xxx those of dispatch "
            + "and validator, 4xxx those of handlers and maps.");
        foreach (IGrouping<string, EbpfCheck> area in Areas)
        {
            page.Heading(TitleOf(area.Key).Replace("*", @"\*", StringComparison.Ordinal)).Table(
                ["check", "id", "what is checked"],
                area.Select(c => (IReadOnlyList<string>)[Link(c.Code, c.Id + ".md"), Code(c.Id), Plain(c.Text)]));
        }

        return new SitePage($"{Folder}/index.md", page.ToString());
    }

    private string Page(EbpfCheck check)
    {
        Explanation explanation = Explainer.Explain(check);
        Markdown page = new Markdown($"{check.Code} {check.Id}")
            .Paragraph(Plain(explanation.Meaning))
            .Heading("Formula")
            .Paragraph("Expected: " + Plain(check.Formula) + ".")
            .Heading("Fix")
            .Paragraph(Plain(check.Fix))
            .Heading("How a refusal travels");
        if (ResultRoute.IsOfTheLibrary(check))
        {
            ResultRoute route = explanation.Results[0];
            page.Paragraph(
                $"The user library refuses. The result is {Code(ResultConversions.NameOf(route.SeenAs))}, and the program sees "
                + $"{Errno(route.Errno)}.");
        }
        else
        {
            string ways = check.RefusesAttachment
                ? "The driver that attaches is refused. The request that started it finds no module, and ends so:"
                : "The request ends with the status, which the library turns back into a result and an errno:";
            page.Paragraph(ways).Table(RouteTable.Headings, explanation.Results.Select(r => RouteTable.Row(r, Errno(r.Errno))));
        }

        page.Heading("Every way to reach it");
        IReadOnlyList<string> files = sites.Of(check);
        page.Paragraph(files.Count == 0
            ? "No source names the check by itself: it refuses by a table or a rule."
            : $"It refuses in {string.Join(", ", files.Select(Code))}.");
        if (explanation.Errno is { } errno)
        {
            string name = ResultConversions.NameOf(errno);
            page.Paragraph($"What else ends in the same errno: {Link($"everything that {name} can mean", $"../errno/{name}.md")}.");
        }

        if (scripts.RefusedBy(check.Id) is { } refused)
        {
            string from = Link(refused.Example.Heading, refused.Example.LinkFrom(Folder));
            page.Heading("Seen in a lab script")
                .Paragraph($"From {from}, which runs `{refused.Example.Command}`:")
                .Fence($"{refused.Call}\n{refused.Result}", "json");
        }

        return page
            .Heading("On the command line")
            .Fence($"$ kernelsim explain {check.Code}", "console")
            .ToString();
    }

    private static string Errno(Errno errno)
    {
        string name = ResultConversions.NameOf(errno);
        return errno == Protocol.Errno.None ? "none" : Link(Code(name), $"../errno/{name}.md");
    }
}
