using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using KernelSim.Tool.Bench.Maps;
using KernelSim.Tool.Bench.Measuring;
using KernelSim.Tool.Bench.Telling;
using KernelSim.Tool.CommandLine;

namespace KernelSim.Tool.Bench;

/// <summary>The options of <c>bench</c>.</summary>
internal sealed class BenchArguments
{
    private const int LargestSize = 10_000_000;
    private const double QuickSeconds = 20;
    private const double FullSeconds = 150;
    private const double ChartsSeconds = 60;
    private const double MostSeconds = 86_400;

    private static readonly int[] s_quickSizes = [Workload.UsualElements, 1_000_000];
    private static readonly int[] s_fullSizes = [Workload.UsualElements, 1_000_000, LargestSize];

    private readonly Option<string[]> _filter = new("--filter")
    {
        Description = "Only the row of this name, or the rows whose names contain it; may be repeated. A wrong name lists all.",
        HelpName = "ROW",
        CompletionSources = { _ => BenchmarkTable.All.Select(b => b.Name) },
    };

    private readonly Option<string[]> _size = new("--size")
    {
        Description = "Elements in a map, such as 65536, 100k or 10M; may be repeated. Default: 65536 and 1M.",
        HelpName = "N",
    };

    private readonly Option<double?> _seconds = new("--seconds")
    {
        Description = "Time to measure, all rows together; setting up comes on top. Default: 20, with --full 150, with --plots 60.",
        HelpName = "N",
        CustomParser = Seconds,
    };

    private readonly Option<bool> _full = new("--full") { Description = "Also maps of 10M elements, and more rounds. Takes several minutes." };

    private readonly Option<bool> _alone = new("--alone") { Description = "Measure KernelSim alone, for a profiler." };

    private readonly Option<string?> _plots = new("--plots")
    {
        Description = "Instead of tables, measure charts of cost against size, CPUs, value size and threads: a .csv and an .svg for each.",
        HelpName = "FOLDER",
        CompletionSources = { Offers.Folders },
    };

    private readonly Option<bool> _redraw = new("--redraw") { Description = "With --plots: draw again from the .csv files, without measuring." };
    private readonly MachineArguments _machine = new();

    /// <summary>Adds the options to the verb.</summary>
    public void AddTo(Command command)
    {
        string names = string.Join(", ", BenchmarkTable.All.Select(b => b.Name));
        _filter.Validators.Add(r => Check(r, name => Matching(name).Any(), $"part of {names}"));
        _size.Validators.Add(r => Check(
            r, text => SizeText.TryParse(text, out int size) && size is >= 2 and <= LargestSize, $"a number from 2 to {SizeText.Of(LargestSize)}"));
        command.Options.Add(_filter);
        command.Options.Add(_size);
        command.Options.Add(_seconds);
        command.Options.Add(_full);
        command.Options.Add(_alone);
        command.Options.Add(_plots);
        command.Options.Add(_redraw);
        command.Validators.Add(CheckPlots);
        _machine.AddTo(command);
    }

    /// <summary>The folder for charts, and whether to draw only; null for tables.</summary>
    public (string Folder, bool Redraw)? ReadPlots(ParseResult parsed) =>
        parsed.GetValue(_plots) is { } folder ? (folder, parsed.GetValue(_redraw)) : null;

    /// <summary>What to measure.</summary>
    public BenchSettings Read(ParseResult parsed)
    {
        bool full = parsed.GetValue(_full);
        string[] names = parsed.GetValue(_filter) ?? [];
        int[] sizes = [.. (parsed.GetValue(_size) ?? []).Select(s => SizeText.TryParse(s, out int size) ? size : 0).Distinct().Order()];
        return new BenchSettings(
            _machine.Read(parsed),
            [.. BenchmarkTable.All.Where(b => names.Length == 0 || names.SelectMany(Matching).Contains(b))],
            sizes.Length > 0 ? sizes : full ? s_fullSizes : s_quickSizes,
            TimeSpan.FromSeconds(
                parsed.GetValue(_seconds) ?? (parsed.GetValue(_plots) is not null ? ChartsSeconds : full ? FullSeconds : QuickSeconds)))
        {
            IsAlone = parsed.GetValue(_alone),
        };
    }

    private static IEnumerable<Benchmark> Matching(string name)
    {
        Benchmark? exact = BenchmarkTable.All.FirstOrDefault(b => b.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        return exact is not null ? [exact] : BenchmarkTable.All.Where(b => b.Name.Contains(name, StringComparison.OrdinalIgnoreCase));
    }

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

    private void CheckPlots(CommandResult result)
    {
        Option[] ofTables = [_filter, _size, _full, _alone];
        bool draws = result.GetResult(_plots) is not null;
        if (draws && ofTables.FirstOrDefault(o => result.GetResult(o) is { Implicit: false }) is { } given)
        {
            result.AddError($"{given.Name} given with --plots, expected --seconds, --redraw and the options of the machine");
        }

        if (!draws && result.GetValue(_redraw))
        {
            result.AddError("--redraw given without --plots, expected a folder to draw in");
        }
    }
}
