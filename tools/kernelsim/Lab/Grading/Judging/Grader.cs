using KernelSim.Tool.CommandLine;
using KernelSim.Tool.Lab.Grading.Hosting;
using KernelSim.Tool.Lab.Grading.Sources;

namespace KernelSim.Tool.Lab.Grading.Judging;

/// <summary>Judges tasks under several seeds.</summary>
internal static class Grader
{
    /// <summary>Judges tasks.</summary>
    /// <param name="folder">What the student handed in.</param>
    /// <param name="tasks">The tasks.</param>
    /// <param name="seeds">The seeds; a task whose questions depend on the folder's own is judged under that only.</param>
    /// <param name="isCheck">Whether it is the student who asks; the folder's own seed comes first then.</param>
    /// <param name="console">Shows how far it is.</param>
    public static LabReport Run(LabFolder folder, IReadOnlyList<ExerciseTask> tasks, IReadOnlyList<ulong> seeds, bool isCheck, ToolConsole console)
    {
        string now = "";
        using IDisposable? progress = console.Progress(() => $"lab: {now}");
        LabProject.Renew(folder);
        using HostPool hosts = new(HostLimits.Default);
        using LabBuilds builds = new(folder);
        List<TaskResult> results = [];
        foreach (ExerciseTask task in tasks)
        {
            now = $"{folder.Lab.Name}/{task.Name}";
            ulong[] all = task.IsOfOwnSeed ? [folder.Seed] : isCheck ? [folder.Seed, .. seeds.Where(s => s != folder.Seed)] : [.. seeds];
            results.Add(Judge(folder, task, all, isCheck, hosts, builds));
        }

        return new LabReport(folder, tasks.Count == 1, results);
    }

    private static TaskResult Judge(LabFolder folder, ExerciseTask task, ulong[] seeds, bool isCheck, HostPool hosts, LabBuilds builds)
    {
        (ulong Seed, Verdict Verdict)? worst = null;
        int? own = null;
        if (isCheck)
        {
            folder.DeleteOutput(task);
        }

        foreach (ulong seed in seeds)
        {
            Verdict verdict = new();
            task.Judge(new TaskRun(folder, seed, hosts, builds, isCheck), verdict);
            own = seed == folder.Seed ? verdict.Score : own;
            if (worst is not { } least || verdict.Score < least.Verdict.Score)
            {
                worst = (seed, verdict);
            }

            if (verdict.Score == 0)
            {
                // No other seed can have less.
                break;
            }
        }

        (ulong at, Verdict said) = worst!.Value;
        return new TaskResult(folder.Lab.Name, task, said.Score, said.Miss, at, own > said.Score);
    }
}
