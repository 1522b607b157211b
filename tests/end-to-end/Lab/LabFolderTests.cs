using System.Text.Json;
using KernelSim.Tool.Lab;

namespace KernelSim.EndToEnd.Tests.Lab;

public sealed class LabFolderTests
{
    [Fact]
    public void The_list_has_every_lab_with_its_tasks()
    {
        ToolRun text = ToolRun.Of("lab", "list");
        JsonElement[] labs = [.. ToolRun.Parse(ToolRun.Of("lab", "list", "-j").Output).EnumerateArray()];

        Assert.Equal(LabTable.All.Select(l => l.Name), labs.Select(l => l.GetProperty("name").GetString()));
        Assert.All(LabTable.All, l => Assert.Contains($"{l.Name} ", text.Output, StringComparison.Ordinal));
        Assert.All(labs, l => Assert.Equal(100, l.GetProperty("points").GetInt32()));
    }

    [Theory]
    [MemberData(nameof(LabRun.Labs), MemberType = typeof(LabRun))]
    public void A_start_has_background_tasks_hints_and_every_file_to_complete(string lab)
    {
        using LabRun run = new(lab);
        string tasks = File.ReadAllText(Path.Combine(run.Path, "TASKS.md"));
        string hints = File.ReadAllText(Path.Combine(run.Path, "HINTS.md"));

        Assert.True(File.Exists(Path.Combine(run.Path, "README.md")));
        Assert.All(LabTable.Find(lab)!.Tasks, task =>
        {
            Assert.True(File.Exists(Path.Combine(run.Path, task.File)), task.File);
            Assert.Contains($"## {lab}/{task.Name} ({task.Points} points, ", tasks, StringComparison.Ordinal);
            Assert.Matches($@"## {lab}/{task.Name}\n\n1\. (.|\n)*?\n2\. (.|\n)*?\n3\. ", hints);
        });
    }

    [Fact]
    public void The_same_seed_starts_the_same_questions_and_another_seed_others()
    {
        using LabRun first = new("boundary", 11);
        using TempFolder folder = new();
        string path = Path.Combine(folder.Path, "again");
        ToolRun.Of("lab", "start", "boundary", "-o", path, "--seed", "11");
        using LabRun other = new("boundary", 12);

        Assert.All(
            Directory.GetFiles(first.Path),
            f => Assert.Equal(File.ReadAllText(f), File.ReadAllText(Path.Combine(path, Path.GetFileName(f)))));
        Assert.NotEqual(
            File.ReadAllText(Path.Combine(first.Path, "trace.jsonl")), File.ReadAllText(Path.Combine(other.Path, "trace.jsonl")));
    }

    [Fact]
    public void A_folder_that_has_files_is_left_alone()
    {
        using TempFolder folder = new();
        folder.Add("mine.txt", [1]);
        ToolRun run = ToolRun.Of("lab", "start", "boundary", "-o", folder.Path);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("given, expected a folder to make, or an empty one: it has files", run.Error, StringComparison.Ordinal);
        Assert.Equal(["mine.txt"], Directory.GetFiles(folder.Path).Select(f => Path.GetFileName(f)));
    }

    [Theory]
    [InlineData(2, "'boundry' given, expected one of boundary", "start", "boundry")]
    [InlineData(2, "did you mean 'boundary'?", "start", "boundry")]
    [InlineData(1, "it has no lab.json", "check", "--folder", "/")]
    [InlineData(1, "it has no lab.json", "grade", "--folder", "/")]
    public void What_is_no_lab_is_refused(int exitCode, string complaint, params string[] args)
    {
        ToolRun run = ToolRun.Of(["lab", .. args]);

        Assert.Equal(exitCode, run.ExitCode);
        Assert.Contains(complaint, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("boundary/btch", "did you mean 'boundary/batch'?")]
    [InlineData("postmortem", "is of lab boundary")]
    [InlineData("batch", "did you mean 'boundary/batch'?")]
    public void A_task_that_the_folder_does_not_have_is_refused(string name, string complaint)
    {
        using LabRun lab = new("boundary");
        ToolRun run = lab.Check(name);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(complaint, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not json", "expected lab.json as 'kernelsim lab start' wrote it")]
    [InlineData("{}", "expected lab.json as 'kernelsim lab start' wrote it: an object with lab, version and seed\n")]
    [InlineData("{\n  \"lab\":\"boundary\",\n}", "(line 3, column 1)\n")]
    [InlineData("""{"lab":"none","version":1,"seed":1}""", "lab 'none' given")]
    [InlineData("""{"lab":"boundary","version":99,"seed":1}""", "version 99 of lab boundary given")]
    [InlineData("""{"lab":"boundary","version":1,"seed":-1}""", "expected lab.json as 'kernelsim lab start' wrote it")]
    public void A_lab_json_that_is_not_its_own_is_refused(string text, string complaint)
    {
        using LabRun lab = new("boundary");
        lab.Write("lab.json", text);
        ToolRun run = lab.Check();

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(complaint, run.Error, StringComparison.Ordinal);
    }
}
