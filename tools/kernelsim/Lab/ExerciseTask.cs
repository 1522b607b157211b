using KernelSim.Tool.Lab.Grading.Judging;

namespace KernelSim.Tool.Lab;

/// <summary>One task of a lab, which is also one test of the grader.</summary>
internal abstract class ExerciseTask
{
    /// <summary>Its name after the lab's and a slash.</summary>
    public abstract string Name { get; }

    /// <summary>What is asked for, in a few words.</summary>
    public abstract string Title { get; }

    /// <summary>The file that is to be completed, in the lab's folder.</summary>
    public abstract string File { get; }

    /// <summary>The sum of the points of all that the task expects.</summary>
    public abstract int Points { get; }

    /// <summary>Whether it is of the second level of difficulty: its points come on top of the others.</summary>
    public virtual bool IsOptional => false;

    /// <summary>Whether its questions depend on the folder's seed, so that the answers hold for that seed only.</summary>
    public virtual bool IsOfOwnSeed => false;

    /// <summary>Names, before the extension, of the files that a check of it leaves in <see cref="LabFolder.OutputFolder"/>.</summary>
    public virtual IReadOnlyList<string> Outputs => [Name];

    /// <summary>The text of its file in a new folder; null if it does not depend on the seed and is part of the lab's content.</summary>
    public virtual string? Start(ulong seed) => null;

    /// <summary>Judges what the student wrote, under one seed.</summary>
    /// <param name="run">The folder, the seed, and where machines run.</param>
    /// <param name="verdict">Takes each expectation, in an order in which the first that is missed explains most.</param>
    public abstract void Judge(TaskRun run, Verdict verdict);
}
