using System.Text.Json;
using KernelSim.Protocol.Gate;
using KernelSim.Tool.Museum.Exhibits;

namespace KernelSim.EndToEnd.Tests.Museum;

/// <summary>The verbs <c>museum list</c> and <c>museum run</c>.</summary>
public sealed class MuseumCommandTests
{
    public static TheoryData<string> Ids => ExhibitTests.Ids;

    [Fact]
    public void The_list_has_each_exhibit_once_with_its_link()
    {
        JsonElement[] list = [.. ToolRun.Parse(ToolRun.Of("museum", "list", "-j").Output).EnumerateArray()];

        Assert.True(list.Length >= 12);
        Assert.Equal(list.Length, list.Select(e => e.GetProperty("id").GetString()).Distinct().Count());
        Assert.All(list, e =>
        {
            Assert.Matches("^[a-z0-9-]+$", e.GetProperty("id").GetString());
            Assert.StartsWith("https://github.com/", e.GetProperty("link").GetString(), StringComparison.Ordinal);
            Assert.Contains(e.GetProperty("side").GetString(), (string[])["application", "library", "driver", "protocol"]);
            Assert.InRange(e.GetProperty("year").GetInt32(), 2014, 2026);
            Assert.DoesNotContain('\n', e.GetProperty("saw").GetString()!);
            Assert.Equal(e.GetProperty("state").GetString() == "fixed", e.GetProperty("fixes").GetArrayLength() > 0);
        });
        Assert.Equal(list.Length + 1, ToolRun.Of("museum", "list").Lines.Count);
    }

    [Fact]
    public void The_same_exhibit_gives_the_same_document()
    {
        string first = ToolRun.Of("museum", "run", "efw-3001", "-j", "--seed", "3").Output;

        Assert.Equal(first, ToolRun.Of("museum", "run", "efw-3001", "-j", "--seed", "3").Output);
        Assert.StartsWith("{\"id\":\"efw-3001\"", first, StringComparison.Ordinal);
    }

    [Fact]
    public void One_version_can_be_had_alone()
    {
        foreach (string version in (string[])["before", "after"])
        {
            JsonElement run = Assert.Single(
                ToolRun.Parse(ToolRun.Of("museum", "run", "efw-2942", $"--{version}", "-j").Output).GetProperty("runs").EnumerateArray());
            Assert.Equal(version, run.GetProperty("version").GetString());
            Assert.Equal(version == "before" ? "wrong" : "right", run.GetProperty("outcome").GetString());
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_story_fits_its_terminal_and_has_everything(string id)
    {
        foreach (int width in (int[])[80, 100])
        {
            ToolRun run = ToolRun.WithInput("", ["museum", "run", id], console => console with { Width = width });

            Assert.Equal((0, ""), (run.ExitCode, run.Error));
            Assert.All(run.Lines, line => Assert.True(line.Length <= width, line));
            Assert.All(
                (string[])["what each side believed", "before: ", "after: ", "what the program saw", "Fix ", "where it is from"],
                part => Assert.Contains(part, run.Output, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("efw-3564", "did you mean 'efw-3564-")]
    [InlineData("efw-3567", "did you mean 'efw-3561'?")]
    [InlineData("nothing-like-it", "'kernelsim museum list' lists them")]
    public void An_unknown_exhibit_is_refused_with_those_near_it(string id, string expected)
    {
        ToolRun run = ToolRun.Of("museum", "run", id);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains($"'{id}' given, expected an exhibit", run.Error, StringComparison.Ordinal);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Both_versions_by_name_are_refused()
    {
        ToolRun run = ToolRun.Of("museum", "run", "efw-946", "--before", "--after");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("--before and --after given, expected one of them", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_machine_on_which_a_bug_does_not_show_is_told()
    {
        string[] line = ["museum", "run", "rebpf-16", "--cpus", "1", "--heap", "packed"];

        Assert.Contains("The bug does not show on this machine", ToolRun.Of(line).Output, StringComparison.Ordinal);
        Assert.Equal([true, false], Hidden(line));
        Assert.Equal([false, false], Hidden("museum", "run", "rebpf-16"));

        static IEnumerable<bool> Hidden(params string[] line) => ToolRun.Parse(ToolRun.Of([.. line, "-j"]).Output)
            .GetProperty("runs").EnumerateArray().Select(r => r.GetProperty("bug_hidden").GetBoolean());
    }

    [Fact]
    public void A_heap_that_an_exhibit_cannot_be_played_on_is_refused()
    {
        IExhibit exhibit = ExhibitTable.All.First(e => e.Before.Heap == HeapMode.Packed);
        ToolRun run = ToolRun.Of("museum", "run", exhibit.Label.Id, "--heap", "guarded");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("--heap guarded given, expected packed", run.Error, StringComparison.Ordinal);
        Assert.Equal(0, ToolRun.Of("museum", "run", exhibit.Label.Id, "--heap", "packed").ExitCode);
    }

    [Fact]
    public void A_shell_completes_the_ids() =>
        Assert.Contains("efw-3687", ToolRun.Of("complete", "--", "museum", "run", "efw-36").Output, StringComparison.Ordinal);
}
