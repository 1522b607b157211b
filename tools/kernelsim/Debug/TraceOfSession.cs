using KernelSim.Debugger.Commands;
using KernelSim.Tool.CommandLine;
using KernelSim.Tool.Trace;
using KernelSim.TraceAnalysis;
using KernelSim.TraceAnalysis.Events;
using KernelSim.TraceAnalysis.Failures;
using KernelSim.TraceAnalysis.Losses;

namespace KernelSim.Tool.Debug;

/// <summary>
/// The trace of a debugger's session: a file, read through once when the session begins, and again for each question. It is not kept in memory, so it
/// may be of any length.
/// </summary>
internal sealed class TraceOfSession : ITraceAccess, IDisposable
{
    private readonly TraceInput _input;
    private readonly Coverage _coverage = new();
    private readonly FailureFinder _finder = new();
    private readonly LossAudit _audit = new();
    private readonly SortedSet<int> _processes = [];
    private LossReport? _losses;

    private TraceOfSession(ToolConsole console, string path) => _input = new TraceInput(console, path, isReadAgain: true);

    /// <inheritdoc/>
    public bool IsGiven => true;

    /// <summary>Opens a trace; null if it cannot be read, or is of other processes.</summary>
    /// <param name="console">Where progress is shown.</param>
    /// <param name="path">The trace.</param>
    /// <param name="processId">The host's process that it must have events of; 0 for any, since a dump does not tell whose it is.</param>
    /// <param name="failure">Why there is none.</param>
    public static TraceOfSession? Open(ToolConsole console, string path, int processId, out Failure? failure)
    {
        TraceOfSession trace = new(console, path);
        failure = trace.ReadThrough() ?? trace.RequireProcess(path, processId);
        if (failure is null)
        {
            return trace;
        }

        trace.Dispose();
        return null;
    }

    /// <inheritdoc/>
    public ulong? LastFailed() => _finder.LastRequest;

    /// <inheritdoc/>
    public FailureStory? Story(ulong request)
    {
        RequestCollector collector = new(request);
        Read(collector.Add);
        return collector.Finish() is { } found ? new FailureStory(found, _coverage, _losses!.IsComplete) : null;
    }

    /// <inheritdoc/>
    public IReadOnlyList<TracedEvent> EventsAround(ulong request, int neighbours)
    {
        Neighbourhood events = new(request, neighbours);
        Read(events.Add);
        return events.Found;
    }

    /// <inheritdoc/>
    public void Dispose() => _input.Dispose();

    private Failure? ReadThrough()
    {
        Failure? unreadable = _input.Stream(
            e =>
            {
                _processes.Add(e.Header.HostProcessId);
                _audit.Add(e);
                _finder.Add(e);
                _coverage.Add(e);
            },
            out TraceTotals totals);
        _losses = _audit.Finish(totals);
        return unreadable ?? _input.Foreign(_losses);
    }

    /// <summary>Requests of two machines have the same numbers, so a trace of another would be taken for this one's.</summary>
    private Failure? RequireProcess(string path, int processId)
    {
        if (processId == 0 || _processes.Count == 0 || _processes.Contains(processId))
        {
            return null;
        }

        string whose = string.Join(", ", _processes);
        return new Failure($"'{path}' given with --trace, expected a trace of process {processId}: its events are of process {whose}");
    }

    private void Read(Action<TracedEvent> take)
    {
        if (_input.Stream(take, out _) is { } gone)
        {
            throw new CommandException(gone.Message);
        }
    }
}
