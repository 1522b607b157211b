using System.CommandLine;
using System.Text;
using KernelSim.Tool.CommandLine;
using KernelSim.TraceAnalysis;

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
        DefaultValueFactory = _ => "chromium",
    };

    private readonly Option<string?> _output = new("--output", "-o") { Description = "Where to write. Default: standard output.", HelpName = "FILE" };

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
        CsvColumns columns = new();
        Failure? failure = format == TraceFormat.Csv ? TraceFile.Stream(path, columns.Learn, out _) : null;
        failure ??= output is null
            ? Convert(path, format, columns, console.Out)
            : ConvertTo(output, path, format, columns);
        return failure?.Tell(console, OutputFormat.Text) ?? ExitCode.Done;
    }

    private static Failure? ConvertTo(string output, string path, TraceFormat format, CsvColumns columns)
    {
        // The trace is opened first: one that cannot be read leaves no empty file behind.
        if (TraceFile.Stream(path, static _ => { }, out _) is { } unreadable)
        {
            return unreadable;
        }

        try
        {
            using StreamWriter writer = new(output, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n" };
            return Convert(path, format, columns, writer);
        }
        catch (Exception e) when (Failure.FromHost(output, Expectation, e) is { } failure)
        {
            return failure;
        }
    }

    private static Failure? Convert(string path, TraceFormat format, CsvColumns columns, TextWriter output)
    {
        if (format == TraceFormat.Csv)
        {
            CsvWriter csv = new(output, columns);
            csv.Begin();
            return TraceFile.Stream(path, csv.Write, out _);
        }

        // Nothing is written before the first event, so that a file that is no trace leaves nothing on standard output.
        ChromiumWriter chromium = new(output);
        Failure? failure = TraceFile.Stream(path, chromium.Write, out TraceTotals totals);
        if (failure is null)
        {
            chromium.End(totals);
        }

        return failure;
    }
}
