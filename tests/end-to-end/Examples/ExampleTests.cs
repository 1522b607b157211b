using System.Text.Json;
using KernelSim.LabScripts.Output;
using KernelSim.LabScripts.Runs;
using KernelSim.Protocol;
using KernelSim.Tool.Examples;
using KernelSim.Tool.Museum.Exhibits;
using KernelSim.Tool.Predict.Questions;
using KernelSim.Tool.Predict.Topics;

namespace KernelSim.EndToEnd.Tests.Examples;

/// <summary>The examples: each runs, and shows what it says.</summary>
public sealed class ExampleTests
{
    private static readonly string[] s_list = ["tools", "playground", "examples.json"];

    public static TheoryData<string> Exhibits => [.. ExhibitTable.All.Select(e => e.Label.Id)];

    public static TheoryData<string> MapTypes => [.. BpfMapTypeNames.All.Where(name => name != "unspec")];

    [Fact]
    public void Every_example_runs_to_its_end_and_one_stops_the_machine()
    {
        List<string> stopped = [];
        foreach (ExampleRow example in ExampleTable.All)
        {
            (Failure? failure, IReadOnlyList<ScriptStep> steps) = Run(example.Make());
            Assert.NotEmpty(steps);
            if (failure is not null)
            {
                stopped.Add($"{example.Id}: {failure.Message.Split(": ")[0]}");
            }
        }

        Assert.Equal(["museum/efw-3989/before: the machine stopped"], stopped);
    }

    [Theory]
    [InlineData(80)]
    [InlineData(100)]
    public void Each_id_can_be_copied_from_the_list_of_a_narrow_terminal(int width)
    {
        string[] lines = ToolRun.WithInput("", ["examples"], c => c with { Width = width, OutIsTerminal = true }).Output.Split('\n');

        Assert.All(lines, l => Assert.InRange(l.Length, 0, width));
        Assert.All(ExampleTable.All, e => Assert.Contains(lines, l => l.StartsWith($"{e.Id} ", StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Exhibits))]
    public void An_exhibit_as_it_was_and_as_it_is_give_different_results(string id)
    {
        string before = Seen($"museum/{id}/before");
        string after = Seen($"museum/{id}/after");
        Assert.NotEqual(before, after);
        Assert.DoesNotContain("fault", after, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(MapTypes))]
    public void Every_type_of_map_has_an_example_that_creates_one_if_the_machine_can(string type)
    {
        BpfMapType number = MapTypeTable.Find(type)!.Type;
        IReadOnlyList<ScriptStep> steps = Run(ExampleTable.Find($"map/{type}")!).Steps;
        ScriptStep created = steps.First(s => s.Call.Op.Name == "map_create" && s.Call.MapType("type") == number);
        Assert.Equal(type != "xskmap", created.Result.Ret >= 0);
    }

    [Fact]
    public void Every_topic_has_questions_and_a_program_gives_its_answer()
    {
        Assert.All(TopicTable.All, topic => Assert.NotNull(ExampleTable.Find($"predict/{topic.Name}-1")));
        PosedQuestion posed = PosedQuestion.Draw(TopicTable.Find("program-result")!, 1);
        using JsonDocument last = JsonDocument.Parse(Run(ExampleTable.Find("predict/program-result-1")!).Steps[^1].Json);
        Assert.Equal(posed.Answer, last.RootElement.GetProperty("retval").GetRawText());
    }

    [Fact]
    public void Ids_are_unique() => Assert.Equal(ExampleTable.All.Count, ExampleTable.All.DistinctBy(e => e.Id).Count());

    /// <summary>Written by <c>kernelsim examples -j</c>.</summary>
    [Fact]
    public void The_list_of_the_page_is_current() => Assert.Equal(ToolRun.Of("examples", "-j").Output, Repository.ReadText(s_list));

    [Fact]
    public void What_the_command_prints_is_a_script_whose_first_line_says_how_to_run_it()
    {
        ToolRun printed = ToolRun.Of("examples", "museum/efw-946/before");
        Assert.Equal("# kernelsim script --library upstream --defects reads-reply-of-failure -", printed.Lines[0]);
        ToolRun run = ToolRun.WithInput(printed.Output, [.. printed.Lines[0].Split(' ').Skip(2)]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("EINVAL", run.Lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_id_is_refused_with_the_one_that_was_meant()
    {
        ToolRun run = ToolRun.Of("examples", "map/quue");
        Assert.Equal(2, run.ExitCode);
        Assert.Equal("kernelsim: examples: 'map/quue' given, expected the id of an example; did you mean 'map/queue'?\n", run.Error);
    }

    private static string Seen(string id)
    {
        (Failure? failure, IReadOnlyList<ScriptStep> steps) = Run(ExampleTable.Find(id)!);
        return string.Join('\n', steps.Select(s => string.Join(' ', [s.Json, .. s.Notes])).Append(failure?.Message));
    }

    private static (Failure? Failure, IReadOnlyList<ScriptStep> Steps) Run(ExampleScript example)
    {
        List<ScriptStep> steps = [];
        using LabRun run = LabRun.Start(example.Machine);
        return (run.Execute(example.Script, steps.Add), steps);
    }
}
