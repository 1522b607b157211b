using KernelSim.Tool.Bench.Maps;

namespace KernelSim.Tool.Bench.Measuring;

/// <summary>Runs one benchmark at one size.</summary>
/// <param name="hostMissing">Why the host's bpf(2) cannot be measured; null if it can.</param>
/// <param name="warmUp">For a benchmark's first rounds, which do not count: the runtime compiles.</param>
/// <param name="isAlone">Whether KernelSim alone is measured.</param>
internal sealed class BenchmarkRunner(string? hostMissing, TimeSpan warmUp, bool isAlone = false)
{
    /// <summary>Large maps get few rounds, in which the runtime would still be compiling: small ones come first.</summary>
    private const int SmallElements = 4096;

    /// <summary>Sets up, warms up, measures and tears down.</summary>
    /// <param name="benchmark">Which.</param>
    /// <param name="workload">The machine and the size.</param>
    /// <param name="time">For the measured rounds.</param>
    /// <param name="isFirst">Whether the benchmark has not run yet.</param>
    /// <param name="stop">Ends it early.</param>
    public RowResult Run(Benchmark benchmark, Workload workload, TimeSpan time, bool isFirst, CancellationToken stop)
    {
        if (isFirst)
        {
            Run(benchmark, workload with { Elements = Math.Min(workload.Elements, SmallElements) }, time < warmUp ? time : warmUp, stop);
        }

        return Run(benchmark, workload, time, stop);
    }

    private RowResult Run(Benchmark benchmark, Workload workload, TimeSpan time, CancellationToken stop)
    {
        Workload adapted = benchmark.Adapt(workload);
        using TrialSet set = new(hostMissing, isAlone);
        benchmark.SetUp(adapted, set);

        // What was torn down before must not be collected during a round.
        GC.Collect();
        return new RowResult(benchmark, adapted.Elements, [.. set.Counts, .. Race.Run(set.Trials, time, stop)], set.Missing);
    }
}
