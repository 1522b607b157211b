using KernelSim.Tool.Bench.Maps;
using KernelSim.Tool.Bench.Measuring;
using KernelSim.Tool.CommandLine;

namespace KernelSim.Tool.Bench.Charts;

/// <summary>A folder of charts, each as data and as a picture drawn from that data.</summary>
/// <param name="folder">Its path.</param>
internal sealed class ChartFolder(string folder)
{
    private const string Expectation = "a folder to write charts to";

    /// <summary>Creates the folder where there is none.</summary>
    /// <returns>Why it is not there; null if it is.</returns>
    public Failure? Create()
    {
        try
        {
            Directory.CreateDirectory(folder);
            return null;
        }
        catch (Exception e) when (Failure.FromHost(folder, Expectation, e) is { } failure)
        {
            return failure;
        }
    }

    /// <summary>Measures the points of a chart and writes its data.</summary>
    /// <param name="chart">Which.</param>
    /// <param name="runner">Runs the benchmarks.</param>
    /// <param name="settings">The machine, where a run does not say otherwise.</param>
    /// <param name="time">For the rounds of one run.</param>
    /// <param name="told">Told of each run before it begins.</param>
    /// <param name="stop">Ends it after the current round.</param>
    /// <returns>Why there is no data; null if there is, or if it was stopped.</returns>
    public Failure? Measure(
        Chart chart, BenchmarkRunner runner, MachineSettings settings, TimeSpan time, Action<ChartRun> told, CancellationToken stop)
    {
        List<ChartPoint> points = [];
        HashSet<Benchmark> warm = [];
        foreach (ChartRun run in chart.Runs)
        {
            told(run);
            Workload workload = run.Workload(new Workload { Machine = settings });
            points.AddRange(chart.PointsOf(run, runner.Run(run.Benchmark, workload, time, warm.Add(run.Benchmark), stop)));
            if (stop.IsCancellationRequested)
            {
                return null;
            }
        }

        return OutputFile.Write(PathOf(chart, "csv"), Expectation, writer =>
        {
            ChartCsv.Write(writer, points);
            return null;
        });
    }

    /// <summary>Draws a chart from its data.</summary>
    /// <returns>Why there is no picture; null if there is one.</returns>
    public Failure? Draw(Chart chart)
    {
        const string Data = "the data of a chart";
        string path = PathOf(chart, "csv");
        IReadOnlyList<ChartPoint> points;
        try
        {
            points = ChartCsv.Read(File.ReadLines(path));
        }
        catch (InvalidDataException e)
        {
            return new Failure($"'{path}' given, expected {Data}: {e.Message}");
        }
        catch (Exception e) when (Failure.FromHost(path, Data, e) is { } failure)
        {
            return failure;
        }

        return OutputFile.Write(PathOf(chart, "svg"), Expectation, writer =>
        {
            new ChartSvg(chart, points).Write(writer);
            return null;
        });
    }

    private string PathOf(Chart chart, string extension) => Path.Combine(folder, $"{chart.Name}.{extension}");
}
