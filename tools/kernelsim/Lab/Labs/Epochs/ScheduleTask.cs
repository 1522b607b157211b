using KernelSim.Tool.Lab.Grading.Hosting;
using KernelSim.Tool.Lab.Grading.Judging;
using KernelSim.Tool.Lab.Grading.Scripts;
using KernelSim.Tool.Lab.Grading.Sources;

namespace KernelSim.Tool.Lab.Labs.Epochs;

/// <summary>A task whose answer is a schedule: a file of lines that say which thread goes on, with placeholders for what varies.</summary>
internal abstract class ScheduleTask : ExerciseTask
{
    /// <inheritdoc/>
    public sealed override string File => $"{Name}.steps";

    /// <summary>Where the student sees what each step did.</summary>
    protected string Log => $"{LabFolder.OutputFolder}/{LogFile}, what each step did";

    private string LogFile => $"{Name}.log";

    /// <summary>Plays what the student wrote.</summary>
    /// <param name="run">The task.</param>
    /// <param name="job">Whether it needs a process of its own.</param>
    /// <param name="library">The compiled sandbox.</param>
    /// <param name="names">What placeholders may name.</param>
    /// <param name="elements">Keys and values that are in the map at the start.</param>
    /// <param name="verdict">Gets the miss if the schedule cannot be played.</param>
    /// <returns>What the schedule did; null after a miss.</returns>
    protected PlayFacts? Play(
        TaskRun run,
        HostJob<CallsInput, MethodValues> job,
        string library,
        TemplateNames names,
        IReadOnlyList<(uint Key, ulong Value)> elements,
        Verdict verdict)
    {
        string readMe = $"TASKS.md, {Name}";
        if (!run.Folder.TryRead(File, out string text, out string problem))
        {
            verdict.Require(0, isMet: false, $"{File} can be read", problem, "a schedule", readMe);
            return null;
        }

        if (!ScriptTemplate.TryBind(text, names, out IReadOnlyList<string> lines, out problem))
        {
            verdict.Require(0, isMet: false, $"the placeholders of {File} have values", problem, "", readMe);
            return null;
        }

        if (!ChainRuns.Play(run, job, library, elements, lines, out PlayFacts? facts, out problem))
        {
            verdict.Require(0, isMet: false, $"{File} can be played", problem, "", readMe);
            return null;
        }

        if (run.IsOwnSeed)
        {
            run.Leave(File, string.Join('\n', lines));
            run.Leave(LogFile, string.Join('\n', facts!.Log));
        }

        return verdict.Require(0, facts!.Problem is null, $"{File} can be played to its end", facts.Problem ?? "", "", Log) ? facts : null;
    }
}
