using KernelSim.Tool.Bench.Rows;

namespace KernelSim.Tool.Bench.Charts;

/// <summary>All charts.</summary>
internal static class ChartTable
{
    /// <summary>One row per chart.</summary>
    public static IReadOnlyList<Chart> All { get; } =
    [
        CostChart.OfSizes("lookup", new BatchLookup()),
        CostChart.OfSizes("update", new BatchUpdate()),
        CostChart.OfSizes("delete", new BatchDelete()),
        CostChart.OfCpus("lookup", new BatchLookup()),
        CostChart.OfCpus("update", new BatchUpdate()),
        CostChart.OfValueSizes("lookup", new BatchLookup()),
        CostChart.OfValueSizes("update", new BatchUpdate()),
        new ThreadsChart(),
    ];
}
