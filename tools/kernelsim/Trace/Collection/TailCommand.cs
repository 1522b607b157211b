using System.CommandLine;
using KernelSim.Tool.CommandLine;
using KernelSim.TraceAnalysis.Filtering;

namespace KernelSim.Tool.Trace.Collection;

/// <summary><c>trace tail</c>: the events of a process as they happen.</summary>
internal sealed class TailCommand : ICommandModule
{
    private readonly SessionOptions _session = new("verbose");
    private readonly EventFilterOptions _filter = new();
    private readonly OutputOptions _output = new();

    /// <inheritdoc/>
    public CommandExample Example { get; } = new(
        "kernelsim trace tail --level warning -- kernelsim tour",
        "Prints refusals and faults of the tour as they happen.");

    /// <inheritdoc/>
    public Command Build(ToolConsole console)
    {
        Command command = new("tail", "Print the events of a program as they happen, until it ends or Ctrl-C.");
        _session.AddTo(command);
        _filter.AddTo(command);
        _output.AddTo(command);
        command.SetAction(parsed => Run(console, _output.Read(parsed), _session.Read(parsed), _filter.Read(parsed)));
        return command;
    }

    private static int Run(ToolConsole console, OutputFormat format, SessionSettings asked, EventFilter filter)
    {
        if (asked.FindServer(out SessionSettings settings) is { } failure)
        {
            return failure.Tell(console, format);
        }

        return new TailRun(console, format, settings, filter).Run();
    }
}
