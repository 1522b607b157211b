using System.Text.RegularExpressions;

namespace KernelSim.DocsSite.Pages;

/// <summary>The examples of <c>docs/lab-scripts.md</c>, which tests run: their output is what the tool prints.</summary>
internal sealed class LabScriptPage
{
    private static readonly Regex s_part = new(
        @"^#{2,3} (?<heading>[^\n]+)$|^```console\n(?<block>\$ kernelsim script .*?\nEND\n.*?)\n```",
        RegexOptions.Multiline | RegexOptions.Singleline);

    private const string End = "END";

    /// <summary>Reads the page.</summary>
    /// <param name="page">Its text, with line feeds.</param>
    public LabScriptPage(string page)
    {
        string heading = string.Empty;
        List<ScriptExample> all = [];
        foreach (Match part in s_part.Matches(page))
        {
            if (part.Groups["heading"] is { Success: true } text)
            {
                heading = text.Value;
            }
            else
            {
                all.Add(Read(heading, part.Groups["block"].Value.Split('\n')));
            }
        }

        All = all;
    }

    /// <summary>All examples, in the page's order.</summary>
    public IReadOnlyList<ScriptExample> All { get; }

    /// <summary>The first example in the op's own section, else the first that has the op; null if none has.</summary>
    public ScriptExample? Of(string op)
    {
        ScriptExample[] having = [.. All.Where(e => e.Calls.Any(c => c.Contains($"\"op\":\"{op}\"", StringComparison.Ordinal)))];
        return having.FirstOrDefault(e => e.Heading.Split(", ").Contains(op)) ?? having.FirstOrDefault();
    }

    /// <summary>The first call that a check refused, with its result; null if no example shows one.</summary>
    public (ScriptExample Example, string Call, string Result)? RefusedBy(string check)
    {
        foreach (ScriptExample example in All)
        {
            int at = example.Results.ToList().FindIndex(r => r.Contains($"\"check\":\"{check}\"", StringComparison.Ordinal));
            if (at >= 0 && at < example.Calls.Count)
            {
                return (example, example.Calls[at], example.Results[at]);
            }
        }

        return null;
    }

    private static ScriptExample Read(string heading, string[] lines)
    {
        int end = Array.IndexOf(lines, End);
        return new ScriptExample(
            heading,
            lines[0]["$ ".Length..].Replace(" <<'END'", string.Empty, StringComparison.Ordinal),
            string.Join('\n', lines),
            [.. lines[1..end].Where(l => l.StartsWith('{'))],
            [.. lines[(end + 1)..].Where(l => l.StartsWith('{'))]);
    }
}

/// <summary>An example: a script and what it prints.</summary>
/// <param name="Heading">The section that it stands in.</param>
/// <param name="Command">The command line.</param>
/// <param name="Text">Command, script and output, as the page shows them.</param>
/// <param name="Calls">The lines that are calls.</param>
/// <param name="Results">The result of each of them.</param>
internal sealed record ScriptExample(string Heading, string Command, string Text, IReadOnlyList<string> Calls, IReadOnlyList<string> Results)
{
    /// <summary>A link to its section from a page in a folder of the site.</summary>
    /// <param name="folder">The folder, from the site's root.</param>
    public string LinkFrom(string folder) =>
        $"{string.Concat(folder.Split('/').Select(_ => "../"))}docs/lab-scripts.md#{Markdown.AnchorOf(Heading)}";
}
