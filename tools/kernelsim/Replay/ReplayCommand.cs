using System.CommandLine;
using System.Text.Json;
using KernelSim.Protocol;
using KernelSim.Tool.CommandLine;

namespace KernelSim.Tool.Replay;

/// <summary><c>replay</c>: sends recorded IOCTL messages through the device and prints how each ended.</summary>
internal sealed class ReplayCommand : ICommandModule
{
    private const int FileColumns = 20;
    private const int OtherColumns = 80;

    private readonly Argument<string[]> _paths = new("PATH")
    {
        Description = "Recorded messages, or folders of them. A message is the length of its reply buffer (u16) and then the request.",
        HelpName = "PATH",
        Arity = ArgumentArity.OneOrMore,
        CompletionSources = { Offers.Files },
    };

    private readonly Option<bool> _together = new("--together")
    {
        Description = "Send all messages to one machine in order, instead of each to a machine of its own.",
    };

    private readonly MachineArguments _machine = new();
    private readonly OutputOptions _output = new();

    /// <inheritdoc/>
    public CommandExample Example { get; } = new(
        "kernelsim replay tests/corpus/ioctl",
        "Sends the 130 recorded messages of eBPF for Windows, each to a fresh machine.");

    /// <inheritdoc/>
    public Command Build(ToolConsole console)
    {
        ArgumentRules.RefuseOptions(_paths, _ => false);
        Command command = new("replay", "Send recorded IOCTL messages through the device and print how each ended.");
        command.Arguments.Add(_paths);
        command.Options.Add(_together);
        _machine.AddTo(command);
        _output.AddTo(command);
        command.SetAction(parsed => Run(
            console, _output.Read(parsed), _machine.Read(parsed), parsed.GetRequiredValue(_paths), parsed.GetValue(_together)));
        return command;
    }

    private static int Run(ToolConsole console, OutputFormat format, MachineSettings settings, string[] paths, bool together)
    {
        if (MessagePaths.Expand(paths, out IReadOnlyList<string> files) is { } failure)
        {
            return failure.Tell(console, format);
        }

        ReplayRun run = new(settings, together);
        List<ReplayOutcome> outcomes = [];
        int exitCode = ExitCode.Done;
        int sent = 0;
        using IDisposable? progress = console.Progress(() => $"replay: {sent} of {files.Count} messages");
        foreach (string file in files)
        {
            sent++;
            if (run.Send(file, out ReplayOutcome? outcome) is { } problem)
            {
                exitCode = problem.Tell(console, format);
                continue;
            }

            outcomes.Add(outcome!);
            if (format != OutputFormat.Text)
            {
                console.Out.WriteLine(JsonText.Of(format, json => Write(json, outcome!)));
            }
        }

        if (run.Finish() is { } leak)
        {
            exitCode = leak.Tell(console, format);
        }

        if (format == OutputFormat.Text)
        {
            List(outcomes, console.RowWidth).WriteTo(console);
            console.Out.WriteLine();
        }

        string answered = $"{outcomes.Count} of {files.Count} messages answered";
        if (format == OutputFormat.Text)
        {
            Summary(outcomes).WriteTo(console);
            console.Out.WriteLine(answered);
        }
        else
        {
            Summary(outcomes).WriteToError(console);
            console.Error.WriteLine(answered);
        }

        return exitCode;
    }

    private static void Write(Utf8JsonWriter json, ReplayOutcome outcome)
    {
        json.WriteStartObject();
        json.WriteString("file", outcome.Message.File);
        json.WriteString("operation", outcome.Message.OperationName);
        json.WriteString("status", outcome.Status.Name);
        json.WriteString("result", ResultConversions.NameOf(outcome.Result));
        json.WriteNumber("information", outcome.Information);
        json.WriteEndObject();
    }

    private static TextTable List(List<ReplayOutcome> outcomes, int width)
    {
        // Recordings are named by a hash. Where there is room it is shown whole.
        int room = width is > OtherColumns + FileColumns and < int.MaxValue ? width - OtherColumns : FileColumns;
        TextTable table = new("file", "operation", "status", "information");
        foreach (ReplayOutcome outcome in outcomes)
        {
            string file = Path.GetFileName(outcome.Message.File);
            table.Add(CellText.Cut(file, room), OperationOf(outcome), outcome.Status.Name, outcome.Information);
        }

        return table;
    }

    private static TextTable Summary(List<ReplayOutcome> outcomes)
    {
        TextTable table = new("operation", "status", "messages");
        var groups = outcomes
            .GroupBy(o => (Operation: OperationOf(o), Status: o.Status.Name))
            .OrderBy(g => g.Key.Operation, StringComparer.Ordinal)
            .ThenBy(g => g.Key.Status, StringComparer.Ordinal);
        foreach (var group in groups)
        {
            table.Add(group.Key.Operation, group.Key.Status, group.Count());
        }

        return table;
    }

    private static string OperationOf(ReplayOutcome outcome) => outcome.Message.OperationName ?? "(no header)";
}
