using System.Globalization;
using KernelSim.Tool.Bench.Charts;
using KernelSim.Tool.Bench.Measuring;
using KernelSim.Tool.CommandLine;

namespace KernelSim.Tool.Bench;

/// <summary>Measures and draws all charts of a folder, or draws them again from the data that is there.</summary>
/// <param name="console">Where progress is shown.</param>
/// <param name="settings">The machine and the time.</param>
/// <param name="folder">Path of the folder.</param>
internal sealed class ChartMaker(ToolConsole console, BenchSettings settings, string folder)
{
    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(1);

    private readonly ChartFolder _folder = new(folder);
    private volatile string _progress = "";

    /// <summary>Draws.</summary>
    /// <returns>Why a picture is missing; null if all are there.</returns>
    public Failure? Redraw() => ChartTable.All.Select(_folder.Draw).FirstOrDefault(f => f is not null);

    /// <summary>Measures, and draws.</summary>
    /// <param name="stop">Ends it after the current round.</param>
    /// <returns>Why a picture is missing; null if all are there.</returns>
    public Failure? Measure(CancellationToken stop)
    {
        if (_folder.Create() is { } noFolder)
        {
            return noFolder;
        }

        int runs = ChartTable.All.Sum(c => c.Runs.Count);
        int run = 0;
        BenchmarkRunner runner = new(settings.HostMissing, s_warmUp);
        using IDisposable? progress = console.Progress(() => _progress);
        foreach (Chart chart in ChartTable.All)
        {
            Failure? failure = _folder.Measure(
                chart,
                runner,
                settings.Machine,
                settings.Time / runs,
                r => _progress = string.Create(CultureInfo.InvariantCulture, $"bench: {chart.Name} at {r.X}: {++run} of {runs}"),
                stop);
            failure ??= stop.IsCancellationRequested ? new Failure($"stopped: the chart {chart.Name} is not complete") : _folder.Draw(chart);
            if (failure is not null)
            {
                return failure;
            }
        }

        return null;
    }
}
