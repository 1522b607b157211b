using KernelSim.Tool.Bench.Maps;

namespace KernelSim.Tool.Bench.Measuring;

/// <summary>What was measured of one benchmark at one size.</summary>
/// <param name="Benchmark">Which.</param>
/// <param name="Elements">Elements in the map.</param>
/// <param name="Measurements">One for each contender and number of threads.</param>
/// <param name="Missing">Why others have none.</param>
internal sealed record RowResult(
    Benchmark Benchmark, int Elements, IReadOnlyList<Measurement> Measurements, IReadOnlyDictionary<Contender, string> Missing)
{
    /// <summary>The measurement of a contender; null if it is missing.</summary>
    public Measurement? Of(Contender contender, int threads = 1) =>
        Measurements.FirstOrDefault(m => m.Contender == contender && m.Threads == threads);

    /// <summary>How many times the operations of one thread two do in the same time; null if it was not measured.</summary>
    public double? Scaling(Contender contender) =>
        Of(contender) is { } one && Of(contender, 2) is { } two ? one.Least / two.Least : null;
}
