using KernelSim.Tool.Lab.Grading.Hosting;
using KernelSim.Tool.Lab.Grading.Sources;

namespace KernelSim.Tool.Lab.Grading.Judging;

/// <summary>A task that is judged under one seed.</summary>
/// <param name="Folder">What the student handed in.</param>
/// <param name="Seed">What the task's input is drawn from.</param>
/// <param name="Hosts">Runs machines and what the student wrote, in processes of their own.</param>
/// <param name="Builds">Compiles what the student wrote.</param>
/// <param name="IsCheck">Whether it is the student who asks: what helps to find a miss may be left in the folder.</param>
internal sealed record TaskRun(LabFolder Folder, ulong Seed, HostPool Hosts, LabBuilds Builds, bool IsCheck)
{
    /// <summary>Whether the seed is the folder's own, under which the student tries things by hand.</summary>
    public bool IsOwnSeed => Seed == Folder.Seed;

    /// <summary>Leaves a file among the folder's output, for the student to look at. A folder that cannot be written has none.</summary>
    /// <param name="name">The file.</param>
    /// <param name="text">Its text.</param>
    public void Leave(string name, string text)
    {
        if (IsCheck)
        {
            _ = Folder.Write($"{LabFolder.OutputFolder}/{name}", text);
        }
    }
}
