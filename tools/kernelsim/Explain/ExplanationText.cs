using KernelSim.LabScripts.Explain;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Tool.CommandLine;

namespace KernelSim.Tool.Explain;

/// <summary>Explanations for people.</summary>
/// <param name="page">The page to write to.</param>
internal sealed class ExplanationText(Page page)
{
    private const int Indent = 2;
    private const int Term = 12;

    /// <summary>Writes one.</summary>
    public void Write(Explanation explanation)
    {
        page.Heading($"{explanation.Name} ({explanation.Number})", first: true);
        page.Paragraph(explanation.Meaning, Indent);
        if (explanation.Also.Count > 0)
        {
            page.Paragraph($"{explanation.Number} is also {string.Join(" and ", explanation.Also)}.", Indent);
        }

        if (explanation is { Kind: "check", Checks: [Check only] })
        {
            Details(only);
        }

        if (explanation is { Kind: not "errno", Errno: { } errno })
        {
            page.Paragraph($"{ResultConversions.NameOf(errno)} (a call returns -{(int)errno}). {ErrnoMeanings.Of(errno)}", Term, "  errno");
        }

        Routes(explanation);
        if (explanation.Kind != "check")
        {
            Section("Checks that end in it", explanation.Checks, c =>
            {
                page.Line($"  {c.Code} {c.Id}");
                page.Paragraph(c.Text, Term);
                Details(c);
            });
        }

        Section("Without a check", explanation.Outcomes, o =>
        {
            page.Paragraph(o.Calls + (o.Result is { } r ? $" ({ResultConversions.NameOf(r)})" : ""), Indent);
            page.Paragraph(o.Cause, Term);
        });

        if (explanation.Kind == "errno" && explanation.Checks.Count + explanation.Outcomes.Count == 0)
        {
            page.Heading("Nothing that is built here answers it.");
        }
    }

    /// <summary>Writes the list of errnos and checks.</summary>
    public void WriteList()
    {
        page.Heading("errno", first: true);
        foreach (Errno errno in ErrnoMeanings.All)
        {
            page.Paragraph(ErrnoMeanings.Of(errno), 20, $"  {(int)errno,3} {ResultConversions.NameOf(errno)}");
        }

        page.Heading("Checks");
        foreach (Check check in CheckTable.All)
        {
            IEnumerable<string> errnos = ResultRoute.Of(check).Select(r => ResultConversions.NameOf(r.Errno));
            page.Line($"  {check.Code} {check.Id} -> {string.Join(", ", errnos)}");
            page.Paragraph(check.Text, 9);
        }
    }

    private void Details(Check check)
    {
        page.Paragraph(check.Formula, Term, "  expected");
        page.Paragraph(check.Fix, Term, "  fix");
    }

    private void Routes(Explanation explanation)
    {
        bool stays = explanation is { Kind: "check", Checks: [Check only] } && ResultRoute.IsOfTheLibrary(only);
        if (stays)
        {
            page.Paragraph("in the library: no request is sent", Term, "  where");
            page.Paragraph(ResultConversions.NameOf(explanation.Results[0].SeenAs), Term, "  result");
            return;
        }

        string title = explanation.Kind == "errno" ? "Results that become it" : "How it travels";
        Section(title, explanation.Results, r => Route(r, explanation.Errno));
        Section("Statuses without a result of their own", explanation.Statuses, r => Route(r, explanation.Errno));
    }

    /// <summary>One route in a line; what the page is about anyway is left out.</summary>
    private void Route(ResultRoute route, Errno? shown)
    {
        string start = route.Result is { } result ? ResultConversions.NameOf(result) + " -> " : "";
        string end = route.Result is { } same && same == route.SeenAs ? "" : $" -> seen as {ResultConversions.NameOf(route.SeenAs)}";
        string errno = route.Errno == shown || route.Errno == Errno.None ? "" : $" -> {ResultConversions.NameOf(route.Errno)}";
        page.Paragraph($"{start}{route.Status.Name} -> {route.Win32.Name} ({route.Win32.Value}){end}{errno}", Indent);
    }

    private void Section<T>(string title, IReadOnlyList<T> rows, Action<T> write)
    {
        if (rows.Count == 0)
        {
            return;
        }

        page.Heading(title);
        foreach (T row in rows)
        {
            write(row);
        }
    }
}
