using KernelSim.Protocol.Gate;
using KernelSim.Tool.Museum.Exhibits;

namespace KernelSim.Tool.Museum.Facts;

/// <summary>An exhibit and its plays, which tellers render and tests check.</summary>
/// <param name="Exhibit">The exhibit.</param>
/// <param name="Machine">The requested machine.</param>
/// <param name="Acts">The plays: before, after, or both in this order.</param>
internal sealed record ExhibitFacts(IExhibit Exhibit, MachineSettings Machine, IReadOnlyList<ActFacts> Acts)
{
    /// <summary>The heap that it was played on: the exhibit's own, or the requested one.</summary>
    public HeapMode Heap => Acts[0].Cast.Heap ?? Machine.Heap;
}
