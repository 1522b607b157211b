using KernelSim.EbpfCore;
using KernelSim.UserMode;

namespace KernelSim.LabScripts.Machines;

/// <summary>A mistake that eBPF for Windows once made, to be had again on a machine: one row of <see cref="DefectTable"/>.</summary>
/// <param name="Id">By which options name it: words of lower-case letters with hyphens.</param>
/// <param name="Means">What is wrong then, in a sentence.</param>
internal sealed record Defect(string Id, string Means)
{
    /// <summary>What the library does wrong; none if the mistake is the driver's.</summary>
    public LibraryDefects Library { get; init; }

    /// <summary>What the driver does wrong; none if the mistake is the library's.</summary>
    public EbpfCoreDefects Driver { get; init; }
}
