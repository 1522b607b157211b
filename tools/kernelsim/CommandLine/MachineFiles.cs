namespace KernelSim.Tool.CommandLine;

/// <summary>The files of the host that the user has named for a machine.</summary>
/// <param name="Drivers">Files whose drivers and program modules the machine gets in addition to the tool's own, in this order.</param>
/// <param name="Dump">The file for a dump of the machine if it stops; null: none.</param>
internal sealed record MachineFiles(IReadOnlyList<string> Drivers, string? Dump);
