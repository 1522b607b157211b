using KernelSim.Tool.CommandLine;
using KernelSim.Tool.Museum.Exhibits;

namespace KernelSim.Tool.Museum.Facts;

/// <summary>An exhibit and its plays, which tellers render and tests check.</summary>
/// <param name="Exhibit">The exhibit.</param>
/// <param name="Machine">The requested machine.</param>
/// <param name="Acts">The plays: before, after, or both in this order.</param>
internal sealed record ExhibitFacts(IExhibit Exhibit, MachineSettings Machine, IReadOnlyList<ActFacts> Acts);
