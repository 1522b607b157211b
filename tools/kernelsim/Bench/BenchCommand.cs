using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using KernelSim.Tool.Bench.Maps;
using KernelSim.Tool.Bench.Measuring;
using KernelSim.Tool.Bench.Telling;
using KernelSim.Tool.CommandLine;

namespace KernelSim.Tool.Bench;

/// <summary>The verb <c>bench</c>.</summary>
internal sealed class BenchCommand : ICommandModule
{
    private const int LargestSize = 10_000_000;
    private const double QuickSeconds = 20;
    private const double FullSeconds = 150;
    private const double MostSeconds = 86_400;

    private static readonly int[] s_quickSizes = [Workload.UsualElements, 1_000_000];
    private static readonly int[] s_fullSizes = [Workload.UsualElements, 1_000_000, LargestSize];

    private readonly Option<string[]> _filter = new("--filter")
    {
        Description = "Only rows whose name contains this; may be repeated. A wrong name lists all.",
        HelpName = "ROW",
    };

    private readonly Option<string[]> _size = new("--size")
    {
        Description = "Elements in a map, such as 65536, 100k or 10M; may be repeated. Default: 65536 and 1M.",
        HelpName = "N",
    };

    private readonly Option<double?> _seconds = new("--seconds")
    {
        Description = "Time to measure, all rows together; setting up comes on top. Default: 20, with --full 150.",
        HelpName = "N",
        CustomParser = Seconds,
    };

    private readonly Option<bool> _full = new("--full") { Description = "Also maps of 10M elements, and more rounds. Takes several minutes." };
    private readonly MachineArguments _machine = new();
    private readonly OutputOptions _output = new();

    /// <inheritdoc/>
    public CommandExample Example { get; } =
        new("kernelsim bench --filter batch --size 1M", "Measures the batch operations on maps of a million elements.");

    /// <inheritdoc/>
    public Command Build(ToolConsole console)
    {
        string names = string.Join(", ", BenchmarkTable.All.Select(b => b.Name));
        _filter.Validators.Add(r => Check(r, name => Matching(name).Any(), $"part of {names}"));
        _size.Validators.Add(r => Check(
            r, text => SizeText.TryParse(text, out int size) && size is >= 2 and <= LargestSize, $"a number from 2 to {SizeText.Of(LargestSize)}"));
        Command command = new(
            "bench",
            "Measure KernelSim, and beside it the host kernel's bpf(2) where permitted, dictionaries, and the copies alone. Takes a minute.");
        command.Options.Add(_filter);
        command.Options.Add(_size);
        command.Options.Add(_seconds);
        command.Options.Add(_full);
        _machine.AddTo(command);
        _output.AddTo(command);
        command.SetAction(parsed =>
        {
            using CancellationTokenSource stop = new();
            using StopSignal signal = new(duration: null, stop.Cancel);
            return Run(console, _output.Read(parsed), Read(parsed), stop.Token);
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

    private static IEnumerable<Benchmark> Matching(string name) =>
        BenchmarkTable.All.Where(b => b.Name.Contains(name, StringComparison.OrdinalIgnoreCase));

    private static void Check(OptionResult result, Func<string, bool> isValid, string expected)
    {
        foreach (Token token in result.Tokens.Where(t => !isValid(t.Value)))
        {
            result.AddError($"{result.Option.Name}: '{token.Value}' given, expected {expected}");
        }
    }

    private static double? Seconds(ArgumentResult result)
    {
        string given = result.Tokens[^1].Value;
        if (!double.TryParse(given, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds) || seconds > MostSeconds)
        {
            result.AddError($"--seconds: '{given}' given, expected a number from 0 to {MostSeconds}");
        }

        return seconds;
    }

    private BenchSettings Read(ParseResult parsed)
    {
        bool full = parsed.GetValue(_full);
        string[] names = parsed.GetValue(_filter) ?? [];
        int[] sizes = [.. (parsed.GetValue(_size) ?? []).Select(s => SizeText.TryParse(s, out int size) ? size : 0).Distinct().Order()];
        return new BenchSettings(
            _machine.Read(parsed),
            [.. BenchmarkTable.All.Where(b => names.Length == 0 || names.SelectMany(Matching).Contains(b))],
            sizes.Length > 0 ? sizes : full ? s_fullSizes : s_quickSizes,
            TimeSpan.FromSeconds(parsed.GetValue(_seconds) ?? (full ? FullSeconds : QuickSeconds)));
    }
}
