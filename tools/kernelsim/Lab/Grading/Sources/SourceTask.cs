using System.Text.Json;
using KernelSim.Tool.Lab.Grading.Judging;

namespace KernelSim.Tool.Lab.Grading.Sources;

/// <summary>A task whose answer is C#: compiled by the judge, and called in a process of its own.</summary>
internal abstract class SourceTask : ExerciseTask
{
    /// <summary>Sources of the lab's content that the file is compiled with.</summary>
    protected virtual IReadOnlyList<string> Given => [];

    /// <inheritdoc/>
    public sealed override void Judge(TaskRun run, Verdict verdict)
    {
        string readMe = $"TASKS.md, {Name}";
        if (!run.Folder.TryRead(File, out _, out string problem))
        {
            verdict.Require(0, isMet: false, $"{File} can be read", problem, "a source of C#", readMe);
        }
        else if (run.Builds.Compile(File, Given, out string library) is { } error)
        {
            verdict.Require(0, isMet: false, $"{File} compiles", error, "", $"{File}, the line in brackets; dotnet build says the same");
        }
        else
        {
            Judge(run, library, verdict);
        }
    }

    /// <summary>Judges sources that compile.</summary>
    /// <param name="run">The folder, the seed, and where machines run.</param>
    /// <param name="library">Full path of the compiled library.</param>
    /// <param name="verdict">Takes the expectations.</param>
    protected abstract void Judge(TaskRun run, string library, Verdict verdict);

    /// <summary>Calls a static method that the student wrote.</summary>
    /// <param name="run">Where it runs.</param>
    /// <param name="library">The library.</param>
    /// <param name="type">Its class.</param>
    /// <param name="method">The method.</param>
    /// <param name="calls">The arguments of each call.</param>
    /// <param name="verdict">Gets the miss if there are no values.</param>
    /// <returns>What each call returned, as text; null after a miss.</returns>
    protected static IReadOnlyList<string>? Call(
        TaskRun run, string library, string type, string method, IEnumerable<object[]> calls, Verdict verdict)
    {
        CallsInput input = new(library, type, method, [.. calls.Select(c => c.Select(a => JsonSerializer.SerializeToElement(a)).ToArray())]);
        return run.Hosts.Run(new CallsJob(), input, out MethodValues? facts, out string problem)
            && verdict.Require(0, facts!.Values.Count == input.Calls.Count, $"{method} returns", "fewer values than calls", "", type + ".cs")
                ? facts.Values
                : Missed(verdict, method, problem, type);
    }

    private static IReadOnlyList<string>? Missed(Verdict verdict, string method, string problem, string type)
    {
        verdict.Require(0, isMet: false, $"{method} returns", problem, "", $"{type}.cs");
        return null;
    }
}
