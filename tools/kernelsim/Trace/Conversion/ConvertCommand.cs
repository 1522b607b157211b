using System.CommandLine;
using KernelSim.Tool.CommandLine;
using KernelSim.TraceAnalysis;
using KernelSim.TraceAnalysis.Events;
using KernelSim.TraceAnalysis.Losses;

namespace KernelSim.Tool.Trace.Conversion;

/// <summary><c>trace convert</c>: a recording for other tools.</summary>
internal sealed class ConvertCommand : ICommandModule
{
    private const string Expectation = "a file to write to";

    private static readonly Dictionary<string, TraceFormat> s_formats = new()
    {
        ["chromium"] = TraceFormat.Chromium,
        ["csv"] = TraceFormat.Csv,
    };

    private readonly TraceFile _file = new();

    private readonly Option<string> _format = new("--format")
    {
        Description = "chromium: JSON that ui.perfetto.dev and chrome://tracing open; csv: a table.",
        HelpName = string.Join('|', s_formats.Keys),
        CompletionSources = { _ => s_formats.Keys },
        DefaultValueFactory = _ => "chromium",
    };

    private readonly Option<string?> _output = new("--output", "-o")
    {
        Description = "Where to write. Default: standard output.",
        HelpName = "FILE",
        CompletionSources = { Offers.Files },
    };

    /// <inheritdoc/>
    public CommandExample Example { get; } = new(
        "kernelsim trace convert tour.nettrace --format chromium -o tour.json",
        "Writes a file to open in ui.perfetto.dev.");

    /// <inheritdoc/>
    public Command Build(ToolConsole console)
    {
        Command command = new("convert", "Convert a trace for other tools.");
        _file.AddTo(command);
        _format.Validators.Add(r =>
        {
            if (r.Tokens.Count == 1 && !s_formats.ContainsKey(r.Tokens[0].Value))
            {
                r.AddError($"--format: '{r.Tokens[0].Value}' given, expected {string.Join(" or ", s_formats.Keys)}");
            }
        });
        command.Options.Add(_format);
        command.Options.Add(_output);
        command.SetAction(parsed => Run(console, _file.Read(parsed), s_formats[parsed.GetRequiredValue(_format)], parsed.GetValue(_output)));
        return command;
    }

    private static int Run(ToolConsole console, string path, TraceFormat format, string? output)
    {
        using TraceInput input = new(console, path, isReadAgain: true);
        if (input.Clash(output, Expectation) is { } clash)
        {
            return clash.Tell(console, OutputFormat.Text);
        }

        // The trace is read once before: one that cannot be read leaves no empty file behind, and a table knows its columns.
        CsvColumns columns = new();
        LossAudit audit = new();
        void Learn(TracedEvent e)
        {
            audit.Add(e);
            columns.Learn(e);
        }

        Failure? failure = input.Stream(Learn, out TraceTotals totals);
        LossReport losses = audit.Finish(totals);
        failure ??= input.Foreign(losses);
        failure ??= output is null
            ? Convert(input, format, columns, losses, console.Out)
            : OutputFile.Write(output, Expectation, writer => Convert(input, format, columns, losses, writer));
        if (failure is not null)
        {
            return failure.Tell(console, OutputFormat.Text);
        }

        if (losses.Damage is null)
        {
            console.Note($"{losses}");
        }

        return input.Conclude(losses);
    }

    private static Failure? Convert(TraceInput input, TraceFormat format, CsvColumns columns, LossReport losses, TextWriter output)
    {
        if (format == TraceFormat.Csv)
        {
            CsvWriter csv = new(output, columns);
            csv.Begin();
            return input.Stream(csv.Write, out _);
        }

        ChromiumWriter chromium = new(output);
        Failure? failure = input.Stream(chromium.Write, out _);
        if (failure is null)
        {
            chromium.End(losses);
        }

        return failure;
    }
}

/// <summary>The formats that a trace can be converted to.</summary>
internal enum TraceFormat
{
    /// <summary>Chromium's trace event format, which Perfetto and Chromium open.</summary>
    Chromium,

    /// <summary>A table with a row for each event and a column for each field.</summary>
    Csv,
}
