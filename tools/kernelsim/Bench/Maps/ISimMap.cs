namespace KernelSim.Tool.Bench.Maps;

/// <summary>What the benchmarks of raw calls need of a map of the simulated machine.</summary>
internal interface ISimMap
{
    /// <summary>The process that has it open.</summary>
    SimProcess Process { get; }
}
