using KernelSim.Tool.Lab.Grading.Hosting;

namespace KernelSim.Tool.Lab;

/// <summary>
/// A lab: what <c>lab start</c> writes, and the tasks that are graded. Its texts and files are the content under <c>Lab/Content/NAME</c>;
/// what depends on the seed is generated.
/// </summary>
internal abstract class Exercise
{
    /// <summary>Its name on the command line, and of its folder of content.</summary>
    public abstract string Name { get; }

    /// <summary>Its title, in the words of its README.</summary>
    public abstract string Title { get; }

    /// <summary>What it is about, in a line.</summary>
    public abstract string About { get; }

    /// <summary>How long the tasks that are not optional take, in minutes.</summary>
    public abstract int Minutes { get; }

    /// <summary>Changes when a folder that an earlier version has made can no longer be graded.</summary>
    public virtual int Version => 1;

    /// <summary>Its tasks, in their order.</summary>
    public abstract IReadOnlyList<ExerciseTask> Tasks { get; }

    /// <summary>Points of all tasks that are not optional.</summary>
    public int Points => Tasks.Where(t => !t.IsOptional).Sum(t => t.Points);

    /// <summary>Writes the files that depend on the seed, after those of the content.</summary>
    /// <param name="folder">The new folder, with its seed.</param>
    /// <param name="hosts">Runs machines, in processes of their own.</param>
    /// <returns>Why a file cannot be written; null if all are.</returns>
    public virtual Failure? Generate(LabFolder folder, HostPool hosts) => null;
}
