using System.Text.RegularExpressions;
using KernelSim.EndToEnd.Tests.Trace;

namespace KernelSim.EndToEnd.Tests.Docs;

/// <summary>The start pages of the documentation site show what a person gets.</summary>
public sealed partial class StartPageTests(TourTrace tour)
{
    private const string Start = "$ kernelsim ";
    private const string ScriptEnd = " <<'END'";

    /// <summary>Each command of a page with what it prints; blocks without output are instructions only.</summary>
    public static TheoryData<string, string> Blocks => new(
        from page in (string[])["learn.md", "debug.md", "prototype.md"]
        from Match block in ConsoleBlock().Matches(Repository.ReadText("docs", "site", page))
        let text = block.Groups[1].Value
        where text.StartsWith(Start, StringComparison.Ordinal) && text.Contains('\n', StringComparison.Ordinal)
        select (page, text));

    [Fact]
    public void Each_page_has_a_command_with_its_output() =>
        Assert.Equal(["debug.md", "learn.md", "prototype.md"], Blocks.Select(b => b.Data.Item1).Distinct().Order());

    [Theory]
    [MemberData(nameof(Blocks))]
    public void A_command_prints_what_the_page_shows_of_it(string page, string block)
    {
        string[] lines = block.Split('\n');
        string command = lines[0][Start.Length..].Replace(ScriptEnd, string.Empty, StringComparison.Ordinal);
        int end = lines[0].EndsWith(ScriptEnd, StringComparison.Ordinal) ? Array.IndexOf(lines, "END") : 0;
        string[] args = [.. command.Split(' ').Select(word => word == "tour.nettrace" ? tour.Path : word)];

        ToolRun run = ToolRun.WithInput(string.Join('\n', lines[1..Math.Max(1, end)]), args);

        string[] printed = [.. (run.Output + run.Error).TrimEnd('\n').Split('\n').Select(l => Comparable(l))];
        int at = 0;
        bool mayLeaveOut = false;
        foreach (string line in lines[(end + 1)..])
        {
            if (line == "[...]")
            {
                mayLeaveOut = true;
                continue;
            }

            int found = Array.IndexOf(printed, Comparable(line), at);
            Assert.True(found == at || (found > at && mayLeaveOut), $"{page}: '{command}' does not print at this place: {line}");
            at = found + 1;
            mayLeaveOut = false;
        }

        Assert.True(
            mayLeaveOut || at == printed.Length,
            $"{page}: '{command}' prints more than is shown, after line {at}: {printed.ElementAtOrDefault(at)}");
    }

    /// <summary>A line as it is compared: without trailing space, and without the number of events, which goes with the version.</summary>
    private static string Comparable(string line) => EventCount().Replace(line.TrimEnd(), "N events,");

    [GeneratedRegex(@"```console\n(.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex ConsoleBlock();

    [GeneratedRegex(@"^\d+ events,")]
    private static partial Regex EventCount();
}
