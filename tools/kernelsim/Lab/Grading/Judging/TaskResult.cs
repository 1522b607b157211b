using KernelSim.Tool.Lab.Grading.Sources;

namespace KernelSim.Tool.Lab.Grading.Judging;

/// <summary>How a task went: its points are those of the seed under which it had least.</summary>
/// <param name="Lab">Name of the lab.</param>
/// <param name="Task">The task.</param>
/// <param name="Score">Its points.</param>
/// <param name="Miss">What was missed under that seed; null if nothing was.</param>
/// <param name="Seed">That seed.</param>
/// <param name="HeldUnderOwnSeed">Whether the folder's own seed had more points.</param>
internal sealed record TaskResult(string Lab, ExerciseTask Task, int Score, Miss? Miss, ulong Seed, bool HeldUnderOwnSeed)
{
    /// <summary>The name of the test.</summary>
    public string Name => $"{Lab}/{Task.Name}";

    /// <summary>The explanation, a line each; none where nothing was missed.</summary>
    public IEnumerable<string> Lines()
    {
        if (Miss is not { } miss)
        {
            yield break;
        }

        yield return miss.Expected.Length == 0 ? $"{miss.What}: {miss.Given}" : $"{miss.What}: {miss.Given} given, expected {miss.Expected}";
        if (HeldUnderOwnSeed)
        {
            string held = $"under seed {Seed}; under the folder's own seed it holds";
            yield return Task is SourceTask ? held : $"{held}. A value that the task varies may be fixed in {Task.File}";
        }

        yield return $"look at: {miss.Look}";
    }
}
