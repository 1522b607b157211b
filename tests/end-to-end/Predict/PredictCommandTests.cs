using System.Text.Json;
using System.Text.RegularExpressions;
using KernelSim.Tool.Predict.Questions;
using KernelSim.Tool.Predict.Topics;

namespace KernelSim.EndToEnd.Tests.Predict;

/// <summary>The verb <c>lab predict</c>.</summary>
public sealed partial class PredictCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("kernelsim-predict").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_answer_is_there_only_when_it_is_asked_for()
    {
        JsonElement question = ToolRun.Parse(ToolRun.Of("lab", "predict", "value-bytes", "--seed", "7", "-j").Output);
        JsonElement revealed = ToolRun.Parse(ToolRun.Of("lab", "predict", "value-bytes", "--seed", "7", "-j", "-c").Output);

        Assert.Equal(["topic", "seed", "question"], question.EnumerateObject().Select(p => p.Name));
        Assert.Equal(["topic", "seed", "question", "answer", "explanation"], revealed.EnumerateObject().Select(p => p.Name));
        Assert.Equal(question.GetProperty("question").GetString(), revealed.GetProperty("question").GetString());
        Assert.Contains("BufferOut", revealed.GetProperty("explanation").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void One_of_several_answers_is_its_number_and_the_question_asks_for_that()
    {
        JsonElement revealed = ToolRun.Parse(ToolRun.Of("lab", "predict", "wrong-size", "--seed", "5", "-j", "-c").Output);
        string question = revealed.GetProperty("question").GetString()!;
        string answer = revealed.GetProperty("answer").GetString()!;

        Assert.EndsWith("\nAnswer with the number of an answer, 1 to 4.", question, StringComparison.Ordinal);
        string choice = question.Split('\n').Single(l => l.StartsWith($"{answer}. ", StringComparison.Ordinal));
        Assert.Equal(choice[(answer.Length + 2)..], revealed.GetProperty("explanation").GetString()!.Split('\n')[0]);
        Assert.Equal(0, ToolRun.Of("lab", "predict", "wrong-size", "--seed", "5", "--answer", answer).ExitCode);
    }

    [Fact]
    public void Without_a_terminal_nothing_prompts()
    {
        ToolRun run = ToolRun.WithInput("64\n", "lab", "predict", "--seed", "3");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.DoesNotContain("> ", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Score", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_script_in_a_question_can_be_run_as_it_is()
    {
        ToolRun run = ToolRun.Of("lab", "predict", "value-bytes", "--seed", "11");
        string script = string.Join('\n', run.Lines.Select(l => l.Trim()).Where(l => l.StartsWith('{')));
        string cpus = CpusPattern().Match(run.Output).Groups[1].Value;

        ToolRun result = ToolRun.WithInput(script, "script", "-", "--cpus", cpus);

        JsonElement last = result.Json[^1];
        string value = (last.TryGetProperty("value", out JsonElement one) ? one : last.GetProperty("values")).GetString()!;
        Assert.Equal($"{value.Length / 2}", PosedQuestion.Draw(TopicTable.Find("value-bytes")!, 11).Answer);
    }

    [Fact]
    public void An_answer_is_graded_by_the_exit_code()
    {
        string right = PosedQuestion.Draw(TopicTable.Find("cpu-slot")!, 5).Answer;

        ToolRun good = ToolRun.Of("lab", "predict", "cpu-slot", "--seed", "5", "--answer", $"0x{int.Parse(right):x}");
        ToolRun bad = ToolRun.Of("lab", "predict", "cpu-slot", "--seed", "5", "--answer", "1");
        ToolRun none = ToolRun.Of("lab", "predict", "cpu-slot", "--seed", "5", "--answer", "several");

        Assert.Equal((0, ""), (good.ExitCode, good.Error));
        Assert.Equal(1, bad.ExitCode);
        Assert.Contains("'1' given, expected another answer; -c with --seed 5 shows it", bad.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(right, bad.Output + bad.Error, StringComparison.Ordinal);
        Assert.Equal((2, ""), (none.ExitCode, none.Output));
        Assert.Contains("'several' given, expected a number, decimal or with 0x", none.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_graded_answer_has_its_verdict_as_data()
    {
        string right = PosedQuestion.Draw(TopicTable.Find("cpu-slot")!, 5).Answer;

        Assert.True(Grade(right).GetProperty("right").GetBoolean());
        Assert.False(Grade("1").GetProperty("right").GetBoolean());
        Assert.False(Grade("1").TryGetProperty("answer", out _));

        static JsonElement Grade(string answer) =>
            ToolRun.Of("lab", "predict", "cpu-slot", "--seed", "5", "--answer", answer, "-j").Json[0];
    }

    [Fact]
    public void On_a_terminal_it_asks_until_the_student_stops_and_says_the_score()
    {
        string right = PosedQuestion.Draw(TopicTable.Find("queue-order")!, 8).Answer;

        ToolRun run = OnTerminal($"what?\n{right}\n1\nq\n", "lab", "predict", "queue-order", "--seed", "8");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("'what?' given, expected a number, decimal or with 0x", run.Output, StringComparison.Ordinal);
        Assert.Matches($"Right +{right}", run.Output);
        Assert.Matches("Wrong +1\n", run.Output);
        Assert.Matches("Score +1 of 2 right", run.Output);
        Assert.Contains("kernelsim lab predict queue-order --seed 9", run.Output, StringComparison.Ordinal);
        Assert.All(run.Lines, line => Assert.True(line.Length <= 80, line));
    }

    [Fact]
    public void A_number_of_questions_ends_by_itself()
    {
        string right = PosedQuestion.Draw(TopicTable.Find("batch-count")!, 4).Answer;

        ToolRun run = OnTerminal($"{right}\n", "lab", "predict", "batch-count", "--seed", "4", "--count", "1");

        Assert.Equal(0, run.ExitCode);
        Assert.Matches("Score +1 of 1 right", run.Output);
    }

    [Fact]
    public void Several_questions_go_through_the_topics_in_turn()
    {
        int all = TopicTable.All.Count;
        IReadOnlyList<JsonElement> questions = ToolRun.Of("lab", "predict", "--seed", "20", "--count", $"{all}", "-j").Json;

        Assert.Equal(TopicTable.All.Select(t => t.Name).Order(), questions.Select(q => q.GetProperty("topic").GetString()).Order());
        Assert.Equal(Enumerable.Range(20, all), questions.Select(q => q.GetProperty("seed").GetInt32()));
    }

    [Fact]
    public void A_seed_left_out_is_told()
    {
        JsonElement first = ToolRun.Of("lab", "predict", "cpu-slot", "-j").Json[0];

        ToolRun again = ToolRun.Of("lab", "predict", "cpu-slot", "-j", "--seed", first.GetProperty("seed").GetRawText());
        Assert.Equal(first.GetRawText(), again.Output.TrimEnd());
    }

    [Fact]
    public void A_sheet_has_the_questions_first_and_the_answers_behind_them()
    {
        string file = Path.Combine(_folder, "sheet.html");
        ToolRun run = ToolRun.Of("lab", "predict", "--seed", "30", "--count", "18", "--sheet", file);

        Assert.Equal((0, "", ""), (run.ExitCode, run.Output, run.Error));
        string page = File.ReadAllText(file);
        string[] parts = page.Split("<div class=\"answers\">");
        Assert.Equal(2, parts.Length);
        Assert.All(parts, part => Assert.Equal(18, part.Split("<section>").Length - 1));
        Assert.DoesNotContain("Answer</b>", parts[0], StringComparison.Ordinal);
        Assert.All(Enumerable.Range(30, 18), seed => Assert.Contains($"seed {seed}<", parts[0], StringComparison.Ordinal));
        Assert.DoesNotContain("http", page, StringComparison.Ordinal);
        Assert.DoesNotContain("src=", page, StringComparison.Ordinal);
        Assert.Equal(page, ToolRun.Of("lab", "predict", "--seed", "30", "--count", "18", "--sheet").Output);
    }

    [Theory]
    [InlineData("'value-byte' given, expected a topic; did you mean 'value-bytes'?", "value-byte")]
    [InlineData("'-1' given, expected a number from 0 to", "cpu-slot", "--seed", "-1")]
    [InlineData("'0' given, expected a number from 1 to 1000", "cpu-slot", "--count", "0")]
    [InlineData("--sheet given with -c, expected one of them", "cpu-slot", "-c", "--sheet", "x.html")]
    [InlineData("--answer given with --count, expected one of them", "cpu-slot", "--seed", "1", "--answer", "1", "--count", "2")]
    [InlineData("--answer given without --seed, expected both as the heading", "cpu-slot", "--answer", "1")]
    [InlineData("--answer given without TOPIC, expected both as the heading", "--seed", "1", "--answer", "1")]
    [InlineData("--answer given without TOPIC and --seed, expected both as the heading", "--answer", "1")]
    public void Wrong_usage_is_refused(string expected, params string[] args)
    {
        ToolRun run = ToolRun.Of(["lab", "predict", .. args]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_shell_completes_the_topics() =>
        Assert.Contains("values-offset", ToolRun.Of("complete", "--", "lab", "predict", "val").Output, StringComparison.Ordinal);

    private static ToolRun OnTerminal(string input, params string[] args) =>
        ToolRun.WithInput(input, args, console => console with { OutIsTerminal = true, Width = 80, FoldsRows = true });

    [GeneratedRegex(@"with (\d+) CPUs")]
    private static partial Regex CpusPattern();
}
