using KernelSim.Tool.Bench.Maps;

namespace KernelSim.Tool.Bench.Measuring;

/// <summary>One row of the table: one file, and one row of <c>BenchmarkTable</c>.</summary>
internal abstract class Benchmark
{
    /// <summary>Its name, in lower case with hyphens.</summary>
    public abstract string Name { get; }

    /// <summary>The table that it is in.</summary>
    public abstract BenchmarkGroup Group { get; }

    /// <summary>What is done, in a few words, for the reader of the documentation and of the JSON.</summary>
    public abstract string Does { get; }

    /// <summary>The sizes that are measured of those that were asked for.</summary>
    public virtual IEnumerable<int> SizesOf(IReadOnlyList<int> asked) => [Math.Min(asked.Max(), Workload.UsualElements)];

    /// <summary>What the map is filled with.</summary>
    public virtual Workload Adapt(Workload workload) => workload;

    /// <summary>Sets up all contenders that there are.</summary>
    public abstract void SetUp(Workload workload, TrialSet set);
}
