using KernelSim.Protocol.Gate;
using KernelSim.UserMode;

namespace KernelSim.Tool.Tour.Facts;

/// <summary>One of the ways in which the tour updates and reads the map.</summary>
/// <param name="Id">Name of the performance in JSON, such as <c>upstream-packed</c>.</param>
/// <param name="Library">The library that was used.</param>
/// <param name="Heap">The heap mode of its processes.</param>
/// <param name="SizesForCpus">Whether the application counted the CPUs when it sized its buffers.</param>
/// <param name="Calls">The update and the lookup.</param>
internal sealed record PerformanceFacts(
    string Id, LibraryVersion Library, HeapMode Heap, bool SizesForCpus, IReadOnlyList<CallFacts> Calls)
{
    /// <summary>The batch update.</summary>
    public CallFacts Update => Calls.Single(c => c.IsUpdate);

    /// <summary>The batch lookup.</summary>
    public CallFacts Lookup => Calls.Single(c => !c.IsUpdate);
}
