namespace KernelSim.UserMode;

/// <summary>A record of a perf event array.</summary>
/// <param name="Cpu">The CPU that wrote it.</param>
/// <param name="Data">Its payload.</param>
public readonly record struct PerfRecord(int Cpu, ReadOnlyMemory<byte> Data);
