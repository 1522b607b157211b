using System.Text.RegularExpressions;
using KernelSim.EndToEnd.Tests.Trace;

namespace KernelSim.EndToEnd.Tests.Docs;

/// <summary>What the page about traces shows is what a person gets.</summary>
public sealed class TracingPageTests(TourTrace tour)
{
    private static readonly string s_page = Repository.ReadText("docs", "tracing.md");

    [Fact]
    public void Why_says_of_the_tours_trace_what_the_page_shows()
    {
        string block = Regex.Match(s_page, "```console\n\\$ kernelsim trace why tour.nettrace\n(.*?)\n```", RegexOptions.Singleline).Groups[1].Value;
        Queue<string> printed = new(ToolRun.Of("trace", "why", tour.Path).Output.Split('\n'));

        Assert.NotEmpty(block);
        foreach (string line in block.Split('\n').Where(l => l != "[...]"))
        {
            while (printed.TryDequeue(out string? candidate) && candidate != line)
            {
            }

            Assert.True(printed.Count > 0, $"The verb does not print, after what stands before it: {line}");
        }
    }

    [Fact]
    public void Report_begins_as_the_page_shows_whatever_the_number_of_events()
    {
        string shown = Regex.Match(s_page, @"\$ kernelsim trace report tour.nettrace --require-complete\n(.*)\n").Groups[1].Value;

        ToolRun run = ToolRun.Of("trace", "report", tour.Path, "--require-complete");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(Regex.Replace(shown, @"^\d+ ", "N "), Regex.Replace(run.Lines[0], @"^\d+ ", "N "));
    }

    [Fact]
    public void Every_verb_that_the_page_names_exists()
    {
        string[] verbs = [.. Regex.Matches(s_page, @"kernelsim trace (\w+)").Select(m => m.Groups[1].Value).Distinct()];

        Assert.NotEmpty(verbs);
        Assert.All(verbs, verb => Assert.Equal(0, ToolRun.Of("trace", verb, "--help").ExitCode));
    }
}
