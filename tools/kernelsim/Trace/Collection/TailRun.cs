using System.Runtime.ExceptionServices;
using KernelSim.Protocol;
using KernelSim.Tool.CommandLine;
using KernelSim.TraceAnalysis;
using KernelSim.TraceAnalysis.Events;
using KernelSim.TraceAnalysis.Filtering;
using KernelSim.TraceAnalysis.Losses;
using KernelSim.TraceAnalysis.Sessions;

namespace KernelSim.Tool.Trace.Collection;

/// <summary>Prints the events of one process, or of all that a program starts, as they come.</summary>
/// <param name="console">Standard output is for the events; what a started program writes there goes to stderr.</param>
/// <param name="format">How to print them.</param>
/// <param name="settings">Whom to record and what.</param>
/// <param name="filter">Which to print.</param>
internal sealed class TailRun(ToolConsole console, OutputFormat format, SessionSettings settings, EventFilter filter)
{
    private readonly Lock _lock = new();
    private readonly EventPrinter _printer = new(console, format);
    private readonly LossAudit _audit = new();
    private readonly List<ProviderScan> _scans = [];
    private readonly HashSet<int> _speakers = [];
    private long _events;
    private long _lost;
    private bool _isCutOff;

    /// <summary>Prints to the end.</summary>
    /// <returns>The exit code.</returns>
    public int Run()
    {
        try
        {
            IReadOnlyList<RuntimeSession> sessions = settings.ProcessId is { } id ? Attach(id) : Launch();
            console.Note($"{_audit.Finish(new TraceTotals(_events, _lost) { IsCutOff = _isCutOff })}");
            return new ProviderNotes(settings, sessions, [.. _scans.SelectMany(s => s.Heard)]).Tell(console);
        }
        catch (TargetException e)
        {
            return new Failure(e.Message, Errno.ESRCH).Tell(console, format);
        }
        catch (RecordingException e)
        {
            // The program has been ended; what is left is to tell of the console, which is not done here.
            ExceptionDispatchInfo.Throw(e.InnerException!);
            throw;
        }
    }

    private IReadOnlyList<RuntimeSession> Attach(int processId)
    {
        AttachedRun.Run(settings, processId, heartbeat: true, events =>
        {
            settings.TellBegin(console);
            Print(events, session: null);
        });
        return [];
    }

    private IReadOnlyList<RuntimeSession> Launch()
    {
        using ProgramRun run = new(console, settings, outputIsData: true, heartbeat: true, session => Print(session.Events, session));
        run.Run();
        return run.Sessions;
    }

    private void Print(Stream events, RuntimeSession? session)
    {
        ProviderScan scan = new(settings.Providers);
        EventSelector selector = new(filter);
        TraceTotals totals;
        try
        {
            using TappedStream scanned = new(events, scan.Add);
            totals = TraceReader.Stream(scanned, e => Take(e, selector, session));
        }
        catch (InvalidDataException)
        {
            // The process was killed before its first event was whole.
            totals = new TraceTotals(0, 0) { IsCutOff = true };
        }

        lock (_lock)
        {
            _scans.Add(scan);
            _events += totals.Events;
            _lost += totals.LostEvents;
            _isCutOff |= totals.IsCutOff;
        }
    }

    private void Take(TracedEvent e, EventSelector selector, RuntimeSession? session)
    {
        lock (_lock)
        {
            _audit.Add(e);
            selector.Learn(e);
            if (session is { HasEvents: false })
            {
                session.HasEvents = true;
                _speakers.Add(session.ProcessId);
            }

            if (selector.Wants(e))
            {
                _printer.Print(e, _speakers.Count > 1 ? session?.ProcessId : null);
                console.Out.Flush();
            }
        }
    }
}
