using System.CommandLine;
using System.Text.Json;
using KernelSim.Protocol;
using KernelSim.Tool.CommandLine;
using KernelSim.TraceAnalysis;
using KernelSim.TraceAnalysis.Failures;
using KernelSim.TraceAnalysis.Losses;

namespace KernelSim.Tool.Trace.Why;

/// <summary><c>trace why</c>: why a request failed.</summary>
internal sealed class WhyCommand : ICommandModule
{
    private readonly TraceFile _file = new();

    private readonly Option<ulong?> _request = new("--request")
    {
        Description = "The request to explain. Default: a program that stopped the machine, else the first request that failed.",
        HelpName = "N",
    };

    private readonly OutputOptions _output = new();

    /// <inheritdoc/>
    public CommandExample Example { get; } = new(
        "kernelsim trace why tour.nettrace --request 31",
        "Walks back from the errno of request 31 to the check that refused it.");

    /// <inheritdoc/>
    public Command Build(ToolConsole console)
    {
        Command command = new(
            "why", "Say why a request failed or a program stopped the machine: from the errno back to the check, and what to do about it.");
        _file.AddTo(command);
        command.Options.Add(_request);
        _output.AddTo(command);
        command.SetAction(parsed => Run(console, _output.Read(parsed), _file.Read(parsed), parsed.GetValue(_request)));
        return command;
    }

    private static int Run(ToolConsole console, OutputFormat format, string path, ulong? named)
    {
        using TraceInput input = new(console, path, isReadAgain: true);
        LossAudit audit = new();
        FailureFinder finder = new();
        ProgramFaultFinder programs = new();
        Coverage coverage = new();
        Failure? unreadable = input.Stream(
            e =>
            {
                audit.Add(e);
                finder.Add(e);
                programs.Add(e);
                coverage.Add(e);
            },
            out TraceTotals totals);
        LossReport losses = audit.Finish(totals);
        unreadable ??= input.Foreign(losses);
        if (unreadable is not null)
        {
            return unreadable.Tell(console, format);
        }

        // A program that stopped the machine ended everything else, and requests that failed before did not.
        if (programs.Story is { } stopped && (named is null || named == stopped.Fault.RequestId))
        {
            Tell(console, format, text => text.Write(stopped, losses, path), json => WhyJson.Write(json, stopped, losses));
            return input.Conclude(losses);
        }

        if ((named ?? finder.Request) is not { } id)
        {
            return new Failure(
                $"'{path}' given, expected a trace with a request that failed: {NoneFailed(coverage, losses)} ({losses})", Errno.ENOENT)
                .Tell(console, format);
        }

        RequestCollector collector = new(id);
        if (input.Stream(collector.Add, out _) is { } gone)
        {
            return gone.Tell(console, format);
        }

        if (collector.Finish() is not { } request)
        {
            return new Failure($"--request: {id} given, expected a request of the trace: it has no event of that one ({losses})", Errno.ENOENT)
                .Tell(console, format);
        }

        FailureStory story = new(request, coverage, losses.IsComplete);
        Tell(console, format, text => text.Write(story, losses, path), json => WhyJson.Write(json, story, losses));
        return input.Conclude(losses);
    }

    private static void Tell(ToolConsole console, OutputFormat format, Action<WhyText> inText, Action<Utf8JsonWriter> inJson)
    {
        if (format == OutputFormat.Text)
        {
            inText(new WhyText(console));
        }
        else
        {
            console.Out.WriteLine(JsonText.Of(format, inJson));
        }
    }

    /// <summary>Whether none failed, or none is known to have.</summary>
    private static string NoneFailed(Coverage coverage, LossReport losses) =>
        !losses.IsComplete ? "none is known to have, and events are missing"
        : !coverage.HasCalls ? "none is known to have, and the recording shows no call's end; --profile default records them"
        : "none did";
}
