using System.Text.Json.Nodes;
using KernelSim.Tool.Lab;
using KernelSim.Tool.Lab.Grading.Hosting;
using KernelSim.Tool.Lab.Grading.Judging;
using KernelSim.Tool.Lab.Grading.Sources;
using KernelSim.Tool.Lab.Labs.Boundary;

namespace KernelSim.EndToEnd.Tests.Lab;

/// <summary>Where a student is sent who has no answer from the trace.</summary>
public sealed class TraceAnswerTests
{
    private const string Answers = "trace-answers.json";

    [Fact]
    public void Each_command_to_look_at_prints_events_of_the_script()
    {
        using LabRun lab = new("boundary");
        lab.Put("Solutions", "boundary");
        string solved = File.ReadAllText(Path.Combine(lab.Path, Answers));
        Assert.Null(LabFolder.Open(lab.Path, out LabFolder? folder));
        using HostPool hosts = new(HostLimits.Default);
        using LabBuilds builds = new(folder!);
        HashSet<string> commands = [];
        foreach (string field in JsonNode.Parse(solved)!.AsObject().Select(f => f.Key))
        {
            JsonObject answers = JsonNode.Parse(solved)!.AsObject();
            answers.Remove(field);
            lab.Write(Answers, answers.ToJsonString());
            Verdict verdict = new();
            new TraceTask().Judge(new TaskRun(folder!, LabRun.SolvedSeed, hosts, builds, IsCheck: true), verdict);
            Assert.Contains(field, verdict.Miss!.What, StringComparison.Ordinal);
            commands.Add(verdict.Miss.Look);
        }

        Assert.Equal(3, commands.Count);
        Assert.All(commands, command =>
        {
            string[] words = command.Split(' ')[1..];
            words[Array.IndexOf(words, "trace.jsonl")] = Path.Combine(lab.Path, "trace.jsonl");
            ToolRun run = ToolRun.Of(words);
            Assert.True(run.ExitCode == 0, $"'{command}' ends with {run.ExitCode}: {run.Error}");
            Assert.NotEmpty(run.Lines);
        });
    }
}
