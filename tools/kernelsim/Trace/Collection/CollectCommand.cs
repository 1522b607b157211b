using System.CommandLine;
using System.Globalization;
using KernelSim.Tool.CommandLine;

namespace KernelSim.Tool.Trace.Collection;

/// <summary><c>trace collect</c>: records a process into a file.</summary>
internal sealed class CollectCommand : ICommandModule
{
    private readonly SessionOptions _session = new("default");

    private readonly Option<string?> _output = new("--output", "-o")
    {
        Description = "The file: .nettrace, or on Windows .etl for a session of Event Tracing for Windows. Default: named after the time.",
        HelpName = "FILE",
        CompletionSources = { Offers.Files },
    };

    /// <summary>The format of the summary. As JSON it goes to standard output, and the program's output to stderr.</summary>
    private readonly OutputOptions _format = new();

    /// <inheritdoc/>
    public CommandExample Example { get; } = new(
        "kernelsim trace collect --profile verbose -o tour.nettrace -- kernelsim tour --cpus 8",
        "Records everything that the tour does, from its first instruction on.");

    /// <inheritdoc/>
    public Command Build(ToolConsole console)
    {
        Command command = new("collect", "Record what a program does that uses the libraries, until it ends or Ctrl-C.");
        _session.AddTo(command);
        command.Options.Add(_output);
        _format.AddTo(command);
        command.SetAction(parsed =>
        {
            string path = parsed.GetValue(_output) ?? $"kernelsim-{DateTime.Now.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)}.nettrace";
            return Run(console, _format.Read(parsed), _session.Read(parsed), path);
        });
        return command;
    }

    private static int Run(ToolConsole console, OutputFormat format, SessionSettings asked, string path)
    {
        bool etw = Path.GetExtension(path).Equals(".etl", StringComparison.OrdinalIgnoreCase);
        if (etw && !OperatingSystem.IsWindows())
        {
            return new Failure($"'{path}' given, expected a .nettrace: only Windows has Event Tracing sessions, which make .etl files")
                .Tell(console, format);
        }

        if (format != OutputFormat.Text && RecordingFiles.IsStandardOutput(path))
        {
            return Failure.WrongUsage($"'{path}' given with -j, expected a file: standard output cannot take the trace and its summary")
                .Tell(console, format);
        }

        if (asked.FindServer(out SessionSettings settings) is { } absent)
        {
            return absent.Tell(console, format);
        }

        CollectRun run = new(console, format, settings, path);
        return etw && OperatingSystem.IsWindows() ? run.IntoEventTraceLog() : run.IntoNetTrace();
    }
}
