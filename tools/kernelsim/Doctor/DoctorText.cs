using KernelSim.Tool.CommandLine;

namespace KernelSim.Tool.Doctor;

/// <summary>The findings for people: a paragraph each, which starts with the state.</summary>
internal static class DoctorText
{
    private const int StateColumns = 9;
    private const int NameColumns = 17;

    /// <summary>Writes them.</summary>
    public static void Write(ToolConsole console, IReadOnlyList<(IHostThing Thing, Finding Finding)> findings)
    {
        Page page = new(console);
        foreach ((IHostThing thing, Finding finding) in findings)
        {
            string label = finding.StateName.PadRight(StateColumns) + thing.Name.PadRight(NameColumns);
            page.Paragraph($"{Sentence(finding.Found)} {finding.Means}", StateColumns + NameColumns, label);
            if (finding.Do is { } advice)
            {
                page.Paragraph($"To do: {advice}.", StateColumns + NameColumns);
            }
        }

        IEnumerable<string> counts = Enum.GetValues<FindingState>()
            .Select(s => (Name: Finding.NameOf(s), Count: findings.Count(f => f.Finding.State == s)))
            .Where(s => s.Count > 0)
            .Select(s => $"{s.Count} {s.Name}");
        page.Heading($"{findings.Count} things: {string.Join(", ", counts)}.");
    }

    private static string Sentence(string words) => words.EndsWith('.') ? words : words + ".";
}
