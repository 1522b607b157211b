using System.Globalization;
using KernelSim.Tool.Bench.Maps;
using KernelSim.Tool.Bench.Measuring;
using KernelSim.Tool.Bench.Telling;
using KernelSim.Tool.CommandLine;

namespace KernelSim.Tool.Bench;

/// <summary>Measures one row after the other.</summary>
/// <param name="console">Where progress is shown.</param>
/// <param name="settings">What to measure.</param>
internal sealed class BenchRun(ToolConsole console, BenchSettings settings)
{
    private static readonly TimeSpan s_warmUp = TimeSpan.FromMilliseconds(250);

    private readonly List<RowResult> _results = [];
    private volatile string _progress = "";

    /// <summary>Number of rows that a complete run has.</summary>
    public int RowCount => settings.Benchmarks.Sum(b => b.SizesOf(settings.Sizes).Count());

    /// <summary>Measures all.</summary>
    /// <param name="stop">Ends it after the current round; the row is then left out.</param>
    public BenchResults Run(CancellationToken stop)
    {
        BenchmarkRunner runner = new(settings.HostMissing, s_warmUp, settings.IsAlone);
        TimeSpan time = settings.Time / RowCount;
        using IDisposable? progress = console.Progress(() => _progress);
        foreach (Benchmark benchmark in settings.Benchmarks)
        {
            bool isFirst = true;
            foreach (int size in benchmark.SizesOf(settings.Sizes))
            {
                _progress = string.Create(
                    CultureInfo.InvariantCulture, $"bench: {benchmark.Name}, {SizeText.Of(size)}: row {_results.Count + 1} of {RowCount}");
                RowResult result = runner.Run(
                    benchmark, new Workload { Elements = size, Machine = settings.Machine }, time, isFirst, stop);
                if (stop.IsCancellationRequested)
                {
                    return Results(isComplete: false);
                }

                _results.Add(result);
                isFirst = false;
            }
        }

        return Results(isComplete: true);
    }

    private BenchResults Results(bool isComplete) => new(settings.Machine, settings.HostMissing, _results) { IsComplete = isComplete };
}
