using KernelSim.Tool.Bench.Maps;

namespace KernelSim.Tool.Bench.Measuring;

/// <summary>What was measured of one contender.</summary>
/// <param name="Contender">Who.</param>
/// <param name="Threads">Host threads.</param>
/// <param name="Least">Of all rounds, per operation, in the benchmark's unit.</param>
/// <param name="Median">The median of all rounds, per operation.</param>
/// <param name="Rounds">How many; 1 for what is counted, not timed.</param>
internal sealed record Measurement(Contender Contender, int Threads, double Least, double Median, int Rounds)
{
    /// <summary>What nine rounds in ten do not exceed; the median for what is counted.</summary>
    public double High { get; init; } = Median;
}
