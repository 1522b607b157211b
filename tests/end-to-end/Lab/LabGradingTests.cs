using System.Text.Json;
using KernelSim.Tool.Lab;

namespace KernelSim.EndToEnd.Tests.Lab;

public sealed class LabGradingTests
{
    public static TheoryData<string, string> Cheats =>
    [
        .. LabTable.All.SelectMany(l => Directory.GetDirectories(Repository.PathOf("tests", "end-to-end", "Lab", "Cheats", l.Name))
            .Select(d => (l.Name, Path.GetFileName(d)))),
    ];

    [Theory]
    [MemberData(nameof(LabRun.Labs), MemberType = typeof(LabRun))]
    public void The_untouched_start_has_no_points_and_the_solution_has_all(string lab)
    {
        using LabRun run = new(lab);
        JsonElement untouched = run.Grade();
        run.Put("Solutions", lab);
        JsonElement solved = run.Grade();

        Assert.All(Tests(untouched), t => Assert.Equal(0, t.GetProperty("score").GetInt32()));
        Assert.All(Tests(solved), t => Assert.True(
            t.GetProperty("score").GetInt32() == t.GetProperty("max_score").GetInt32(), t.GetProperty("output").GetString()));
        Assert.Equal(Tests(solved).Sum(t => t.GetProperty("score").GetInt32()), solved.GetProperty("score").GetInt32());
    }

    [Theory]
    [MemberData(nameof(Cheats))]
    public void A_cheat_has_no_points_for_what_it_fakes(string lab, string cheat)
    {
        using LabRun run = new(lab, LabRun.SolvedSeed + 1);
        string[] files = run.Put("Cheats", lab, cheat);
        ExerciseTask[] faked = [.. LabTable.Find(lab)!.Tasks.Where(t => files.Contains(t.File))];
        JsonElement results = run.Grade();

        Assert.NotEmpty(faked);
        Assert.All(faked, task => Assert.Equal(
            0, Tests(results).Single(t => t.GetProperty("name").GetString() == $"{lab}/{task.Name}").GetProperty("score").GetInt32()));
    }

    [Theory]
    [MemberData(nameof(LabRun.Labs), MemberType = typeof(LabRun))]
    public void Each_lab_has_three_cheats(string lab) => Assert.True(Cheats.Count(c => c.Data.Item1 == lab) >= 3);

    [Fact]
    public void The_same_seed_gives_the_same_results_byte_for_byte()
    {
        using LabRun run = new("boundary");
        run.Put("Solutions", "boundary");
        run.Write("limit.jsonl", "{\"op\":\"num_possible_cpus\"}\n");
        string first = run.Grade().GetRawText();

        Assert.Equal(first, run.Grade().GetRawText());
        Assert.Contains("--seed 5", first, StringComparison.Ordinal);
    }

    [Fact]
    public void Results_have_the_fields_that_Gradescope_reads_and_a_miss_says_what_was_given_and_expected()
    {
        using LabRun run = new("boundary");
        JsonElement results = run.Grade("boundary/limit");
        JsonElement test = Assert.Single(Tests(results));

        Assert.Equal(
            ["name", "score", "max_score", "status", "output", "visibility"], test.EnumerateObject().Select(p => p.Name));
        Assert.Equal(["score", "output", "output_format", "tests"], results.EnumerateObject().Select(p => p.Name));
        Assert.Matches("it takes this many IOCTLs: 1 given, expected [2-4]\nlook at: ", test.GetProperty("output").GetString());
    }

    [Fact]
    public void A_script_with_the_numbers_of_one_seed_passes_there_and_its_miss_under_another_says_so()
    {
        using LabRun run = new("boundary");
        run.Put("Cheats", "boundary", "1-numbers-of-one-seed");
        ToolRun check = run.Check("boundary/limit");

        Assert.Equal(1, check.ExitCode);
        Assert.Contains("under the folder's own seed it holds", check.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void An_optional_task_that_is_open_is_no_failure_unless_it_is_named()
    {
        using LabRun run = new("boundary");
        run.Put("Solutions", "boundary");
        run.Write("refused.jsonl", "# nothing\n");

        ToolRun all = run.Check();
        ToolRun one = run.Check("boundary/refused");

        Assert.True(all.ExitCode == 0, all.Output);
        Assert.Contains("open  boundary/refused", all.Output, StringComparison.Ordinal);
        Assert.Equal(1, one.ExitCode);
        Assert.Contains("MISS  boundary/refused", one.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_check_says_of_an_optional_task_what_was_missed_once_it_was_tried()
    {
        using LabRun run = new("boundary");
        ToolRun untouched = run.Check();
        run.Write("refused.jsonl", "# tried\n");
        ToolRun tried = run.Check();

        Assert.DoesNotContain("number of gate_ioctl lines", untouched.Output, StringComparison.Ordinal);
        Assert.Contains("number of gate_ioctl lines: 0 given, expected 3", tried.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Results_go_to_standard_output_in_place_of_the_report()
    {
        using LabRun run = new("boundary");
        string file = Path.Combine(run.Path, "results.json");
        string[] line = ["lab", "grade", "boundary/refused", "--folder", run.Path, "--seed", "5", "-o"];

        ToolRun.Of([.. line, file]);
        Assert.Equal(File.ReadAllText(file), ToolRun.Of([.. line, "-"]).Output);
        Assert.False(File.Exists("-"));
    }

    [Theory]
    [InlineData("{\n  \"ioctls\": 5,\n}", "which is not supported in this mode (line 3, column 1) given, expected one JSON object")]
    [InlineData(null, "can be read: no file given, expected one JSON object")]
    public void Answers_that_cannot_be_read_are_a_miss_in_plain_words(string? text, string expected)
    {
        using LabRun run = new("boundary");
        string file = Path.Combine(run.Path, "trace-answers.json");
        File.Delete(file);
        if (text is not null)
        {
            File.WriteAllText(file, text);
        }

        string said = string.Join(' ', run.Check("boundary/trace").Output.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(expected, said, StringComparison.Ordinal);
        Assert.DoesNotContain("Change the reader options", said, StringComparison.Ordinal);
    }

    private static JsonElement.ArrayEnumerator Tests(JsonElement results) => results.GetProperty("tests").EnumerateArray();
}
