using KernelSim.Tool.Lab.Labs.Boundary;
using KernelSim.Tool.Lab.Labs.Driver;
using KernelSim.Tool.Lab.Labs.Epochs;
using KernelSim.Tool.Lab.Labs.PerCpu;
using KernelSim.Tool.Lab.Labs.Postmortem;
using KernelSim.Tool.Lab.Labs.WrongSize;

namespace KernelSim.Tool.Lab;

/// <summary>Every lab, in the order of a course. A lab is a class, a folder of content, and a row here.</summary>
internal static class LabTable
{
    /// <summary>One row per lab.</summary>
    public static IReadOnlyList<Exercise> All { get; } =
    [
        new BoundaryLab(),
        new WrongSizeLab(),
        new PerCpuLab(),
        new DriverLab(),
        new EpochsLab(),
        new PostmortemLab(),
    ];

    /// <summary>The lab of a name; null if there is none.</summary>
    public static Exercise? Find(string name) => All.FirstOrDefault(l => l.Name == name);
}
