using KernelSim.Tool.Museum.Exhibits;

namespace KernelSim.EndToEnd.Tests.Museum;

/// <summary><c>docs/museum.md</c>: its table is the table of exhibits, and its story what the command prints.</summary>
public sealed class MuseumPageTests
{
    private static readonly string s_page = Repository.ReadText("docs", "museum.md");

    [Fact]
    public void The_page_has_a_row_for_each_exhibit() => Assert.Equal(
        ExhibitTable.All.Select(e => $"| [{e.Label.Id}]({e.Label.Link}) | {e.Label.Year} | {e.Label.Saw} |"),
        s_page.Split('\n').Where(l => l.StartsWith("| [", StringComparison.Ordinal)));

    [Fact]
    public void The_story_on_the_page_is_what_the_command_prints()
    {
        const string Command = "$ kernelsim museum run efw-1420\n";
        int start = s_page.IndexOf(Command, StringComparison.Ordinal) + Command.Length;
        string shown = s_page[start..s_page.IndexOf("```", start, StringComparison.Ordinal)];

        Assert.Equal(ToolRun.Of("museum", "run", "efw-1420").Output, shown);
    }
}
