using System.CommandLine;
using System.Diagnostics;
using KernelSim.Protocol;
using KernelSim.Tool.CommandLine;
using KernelSim.TraceAnalysis;
using KernelSim.TraceAnalysis.Events;
using KernelSim.TraceAnalysis.Filtering;
using KernelSim.TraceAnalysis.Losses;
using KernelSim.TraceAnalysis.Sessions;

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

        ChildProcess? child = null;
        try
        {
            using TraceTarget target = Reach(console, settings, ref child);
            Stream events = target.Begin(settings.Providers, settings.BufferMiB, heartbeat: true);
            settings.TellBegin(console);
            using StopSignal stop = new(settings.Duration, target.Stop);
            LossReport losses = Print(console, format, filter, events);
            child?.Finish(kill: stop.HasActed);
            console.Note($"{losses}");
            return ExitCode.Done;
        }
        catch (TargetException e)
        {
            return new Failure(e.Message, Errno.ESRCH).Tell(console, format);
        }
        finally
        {
            child?.Dispose();
        }
    }

    /// <summary>Standard output is for the events; the program's standard output goes to stderr.</summary>
    private static TraceTarget Reach(ToolConsole console, SessionSettings settings, ref ChildProcess? child)
    {
        if (settings.ProcessId is { } id)
        {
            return TraceTarget.Running(id);
        }

        TraceTarget target = TraceTarget.Launch(ChildProcess.HowToStart(settings.Command, inherits: false), out Process process);
        child = ChildProcess.TakeOver(process, console, console.Error);
        return target;
    }

    private static LossReport Print(ToolConsole console, OutputFormat format, EventFilter filter, Stream events)
    {
        EventPrinter printer = new(console, format);
        EventSelector selector = new(filter);
        LossAudit audit = new();
        void Take(TracedEvent e)
        {
            audit.Add(e);
            selector.Learn(e);
            if (selector.Wants(e))
            {
                printer.Print(e);
                console.Out.Flush();
            }
        }

        try
        {
            return audit.Finish(TraceReader.Stream(events, Take));
        }
        catch (InvalidDataException)
        {
            // The process was killed before its first complete event.
            return audit.Finish(new TraceTotals(0, 0) { IsCutOff = true });
        }
    }
}
