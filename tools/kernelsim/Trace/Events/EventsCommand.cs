using System.CommandLine;
using KernelSim.Tool.CommandLine;
using KernelSim.TraceAnalysis;
using KernelSim.TraceAnalysis.Events;
using KernelSim.TraceAnalysis.Filtering;
using KernelSim.TraceAnalysis.Losses;

namespace KernelSim.Tool.Trace;

/// <summary><c>trace events</c>: the events of a recording, as text or JSON Lines.</summary>
internal sealed class EventsCommand : ICommandModule
{
    private readonly TraceFile _file = new();
    private readonly EventFilterOptions _filter = new();
    private readonly OutputOptions _output = new();

    /// <inheritdoc/>
    public CommandExample Example { get; } = new(
        "kernelsim trace events tour.nettrace --request 17 --event Copy -j",
        "Prints every copy of request 17 as a line of JSON.");

    /// <inheritdoc/>
    public Command Build(ToolConsole console)
    {
        Command command = new("events", "List the events of a trace, all or those that match every filter, a line each.");
        _file.AddTo(command);
        _filter.AddTo(command);
        _output.AddTo(command);
        command.SetAction(parsed => Run(console, _output.Read(parsed), _file.Read(parsed), _filter.Read(parsed)));
        return command;
    }

    private static int Run(ToolConsole console, OutputFormat format, string path, EventFilter filter)
    {
        using TraceInput input = new(console, path, isReadAgain: filter.AsksAboutRequests);
        EventSelector selector = new(filter);
        if (filter.AsksAboutRequests && input.Stream(selector.Learn, out _) is { } unreadable)
        {
            return unreadable.Tell(console, format);
        }

        EventPrinter printer = new(console, format);
        LossAudit audit = new();
        void Take(TracedEvent e)
        {
            audit.Add(e);
            if (selector.Wants(e))
            {
                printer.Print(e);
            }
        }

        Failure? failure = input.Stream(Take, out TraceTotals totals);
        LossReport losses = audit.Finish(totals);
        failure ??= input.Foreign(losses);
        if (failure is not null)
        {
            return failure.Tell(console, format);
        }

        if (losses.Damage is null && (printer.Printed == 0 || !losses.IsComplete))
        {
            console.Note($"{losses}; {printer.Printed} match");
        }

        return input.Conclude(losses);
    }
}
