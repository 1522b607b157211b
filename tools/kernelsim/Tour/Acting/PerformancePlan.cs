using KernelSim.Protocol.Gate;
using KernelSim.Tool.Tour.Facts;
using KernelSim.UserMode;

namespace KernelSim.Tool.Tour.Acting;

/// <summary>One way to update and read the map.</summary>
/// <param name="Id">Name of the performance.</param>
/// <param name="Library">The library that it uses.</param>
/// <param name="Heap">The heap mode that the story needs; null for the user's choice.</param>
/// <param name="SizesForCpus">Whether the application counts the CPUs.</param>
internal sealed record PerformancePlan(string Id, LibraryVersion Library, HeapMode? Heap, bool SizesForCpus)
{
    /// <summary>All of them, in the order of the story.</summary>
    public static IReadOnlyList<PerformancePlan> All { get; } =
    [
        new(PerformanceId.Before3564, LibraryVersion.Before3564, null, SizesForCpus: false),
        new(PerformanceId.UpstreamGuarded, LibraryVersion.Upstream, HeapMode.Guarded, SizesForCpus: false),
        new(PerformanceId.UpstreamPacked, LibraryVersion.Upstream, HeapMode.Packed, SizesForCpus: false),
        new(PerformanceId.Checked, LibraryVersion.Checked, null, SizesForCpus: false),
        new(PerformanceId.Right, LibraryVersion.Checked, null, SizesForCpus: true),
    ];
}
