using System.Text.RegularExpressions;

namespace KernelSim.EndToEnd.Tests.Docs;

/// <summary>Runs the examples of <c>docs/lab-scripts.md</c>.</summary>
public sealed partial class LabScriptsPageTests
{
    private const string ScriptEnd = "END";

    private static readonly string s_page = Repository.ReadText("docs", "lab-scripts.md");

    /// <summary>Each example: its command line, its input, its output.</summary>
    public static TheoryData<string, string, string> Examples =>
        new(ConsoleBlock().Matches(s_page).Select(m => m.Groups[1].Value.Split('\n')).Select(lines =>
        {
            int end = Array.IndexOf(lines, ScriptEnd);
            return (lines[0], string.Join('\n', lines[1..end]), string.Join('\n', lines[(end + 1)..]));
        }));

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_prints_what_the_page_says(string command, string input, string output)
    {
        Assert.StartsWith("$ kernelsim script ", command, StringComparison.Ordinal);
        Assert.EndsWith(" <<'END'", command, StringComparison.Ordinal);
        string[] args = command["$ kernelsim ".Length..^" <<'END'".Length].Split(' ');

        ToolRun run = ToolRun.WithInput(input, args);

        string printed = (run.Output + run.Error).TrimEnd('\n');
        Assert.Equal(Address().Replace(output, "0x…"), Address().Replace(printed, "0x…"));
    }

    [Fact]
    public void The_page_shows_every_call_and_every_field()
    {
        Assert.True(Examples.Count >= 15);
        foreach (KernelSim.Tool.Script.ScriptOp op in KernelSim.Tool.Script.ScriptOpTable.All)
        {
            Assert.Contains($"\"op\":\"{op.Name}\"", s_page, StringComparison.Ordinal);
            Assert.All(op.Fields.Select(f => f.Name), field => Assert.Matches($"[`\"]{field}[`\"]", s_page));
        }
    }

    [GeneratedRegex(@"```console\n(.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex ConsoleBlock();

    /// <summary>Where a block lies is the heap's business.</summary>
    [GeneratedRegex("0x[0-9a-f]{6,}")]
    private static partial Regex Address();
}
