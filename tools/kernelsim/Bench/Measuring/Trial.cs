using KernelSim.Tool.Bench.Maps;

namespace KernelSim.Tool.Bench.Measuring;

/// <summary>What one contender does in a round.</summary>
/// <param name="Contender">Who.</param>
/// <param name="Operations">Elements, calls or records of one round, all threads together.</param>
/// <param name="Run">Does them: this is timed.</param>
internal sealed record Trial(Contender Contender, long Operations, Action Run)
{
    /// <summary>Host threads that do them.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>What comes before each round and is not timed; null for nothing.</summary>
    public Action? Prepare { get; init; }
}
