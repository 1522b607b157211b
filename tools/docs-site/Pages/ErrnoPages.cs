using KernelSim.LabScripts.Explain;
using KernelSim.Protocol;
using static KernelSim.DocsSite.Pages.Markdown;

namespace KernelSim.DocsSite.Pages;

/// <summary>A page for each errno: everything that ends in it, as <c>kernelsim explain ERRNO</c> says it.</summary>
internal static class ErrnoPages
{
    private const string Folder = "reference/errno";

    /// <summary>The page of an errno, from the site's root.</summary>
    public static string PathOf(Errno errno) => $"{Folder}/{ResultConversions.NameOf(errno)}.md";

    /// <summary>All pages.</summary>
    public static IEnumerable<SitePage> Make() => [Index(), .. ErrnoMeanings.All.Select(e => new SitePage(PathOf(e), Page(Explainer.Explain(e))))];

    private static SitePage Index() => new($"{Folder}/index.md", new Markdown("Errnos")
        .Paragraph("A libbpf-shaped call that fails returns the negative errno. Each errno has a page with every way to reach it.")
        .Table(["errno", "number", "means"], ErrnoMeanings.All.Select(e => (IReadOnlyList<string>)
        [
            Link(Code(ResultConversions.NameOf(e)), ResultConversions.NameOf(e) + ".md"), ((int)e).ToString(null, null), Plain(ErrnoMeanings.Of(e)),
        ]))
        .ToString());

    private static string Page(Explanation explanation)
    {
        Markdown page = new Markdown($"{explanation.Name} ({explanation.Number})").Paragraph(Plain(explanation.Meaning));
        if (explanation.Also.Count > 0)
        {
            page.Paragraph($"As a number of another kind, {explanation.Number} is also {string.Join(" and ", explanation.Also.Select(Code))}.");
        }

        if (explanation.Results.Count > 0)
        {
            page.Heading("Results that become it")
                .Table(RouteTable.Headings, explanation.Results.Select(r => RouteTable.Row(r, Code(ResultConversions.NameOf(r.Errno)))));
        }

        if (explanation.Statuses.Count > 0)
        {
            page.Heading("Statuses without a result of their own")
                .Table(RouteTable.Headings, explanation.Statuses.Select(r => RouteTable.Row(r, Code(ResultConversions.NameOf(r.Errno)))));
        }

        if (explanation.Checks.Count > 0)
        {
            page.Heading("Checks that end in it").Table(["check", "id", "what is checked"], explanation.Checks.Select(c => (IReadOnlyList<string>)
                [Link(c.Code, $"../checks/{c.Id}.md"), Code(c.Id), Plain(c.Text)]));
        }

        if (explanation.Outcomes.Count > 0)
        {
            page.Heading("Without a check").Table(["calls", "when", "result"], explanation.Outcomes.Select(o => (IReadOnlyList<string>)
                [Plain(o.Calls), Plain(o.Cause), o.Result is { } r ? Code(ResultConversions.NameOf(r)) : "none"]));
        }

        if (explanation.Checks.Count + explanation.Outcomes.Count == 0)
        {
            page.Paragraph("Nothing that is built here answers it.");
        }

        return page.Heading("On the command line").Fence($"$ kernelsim explain {explanation.Name}", "console").ToString();
    }
}
