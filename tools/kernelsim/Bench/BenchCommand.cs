using System.CommandLine;
using KernelSim.Tool.Bench.Measuring;
using KernelSim.Tool.Bench.Telling;
using KernelSim.Tool.CommandLine;

namespace KernelSim.Tool.Bench;

/// <summary>The verb <c>bench</c>.</summary>
internal sealed class BenchCommand : ICommandModule
{
    private readonly BenchArguments _arguments = new();
    private readonly OutputOptions _output = new();

    /// <inheritdoc/>
    public CommandExample Example { get; } =
        new("kernelsim bench --filter batch --size 1M", "Measures the batch operations on maps of a million elements.");

    /// <inheritdoc/>
    public Command Build(ToolConsole console)
    {
        Command command = new(
            "bench",
            "Measure KernelSim, and beside it the host kernel's bpf(2) where permitted, dictionaries, and the copies alone. "
                + "Takes less than a minute.");
        _arguments.AddTo(command);
        _output.AddTo(command);
        command.SetAction(parsed =>
        {
            if (console.IsHost && ProfiledProcess.IsNeeded && ProfiledProcess.Run() is { } exitCode)
            {
                return exitCode;
            }

            using CancellationTokenSource stop = new();
            using StopSignal signal = new(duration: null, stop.Cancel);
            OutputFormat format = _output.Read(parsed);
            BenchSettings settings = _arguments.Read(parsed);
            return _arguments.ReadPlots(parsed) is { } plots
                ? Draw(console, format, new ChartMaker(console, settings, plots.Folder), plots.Redraw, stop.Token)
                : Run(console, format, settings, stop.Token);
        });
        return command;
    }

    /// <summary>Measures, and tells the results, of all rows or of those before the stop.</summary>
    internal static int Run(ToolConsole console, OutputFormat format, BenchSettings settings, CancellationToken stop)
    {
        BenchRun run = new(console, settings);
        BenchResults results = run.Run(stop);
        if (format == OutputFormat.Text)
        {
            new BenchText(console).Write(results);
        }
        else
        {
            console.Out.WriteLine(JsonText.Of(format, json => BenchJson.Write(json, results)));
        }

        if (results.IsComplete)
        {
            return ExitCode.Done;
        }

        console.Note($"stopped: {results.Rows.Count} rows measured, expected {run.RowCount}");
        return ExitCode.Failed;
    }

    private static int Draw(ToolConsole console, OutputFormat format, ChartMaker run, bool redraw, CancellationToken stop)
    {
        if ((redraw ? run.Redraw() : run.Measure(stop)) is { } failure)
        {
            return failure.Tell(console, format);
        }

        if (format != OutputFormat.Text)
        {
            console.Out.WriteLine("null");
        }

        return ExitCode.Done;
    }
}
