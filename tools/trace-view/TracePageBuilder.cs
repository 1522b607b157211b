using KernelSim.TraceAnalysis;
using KernelSim.TraceAnalysis.Events;
using KernelSim.TraceAnalysis.Losses;
using KernelSim.TraceView.Data;

namespace KernelSim.TraceView;

/// <summary>
/// Makes the page of a trace while it is read, event by event: keeps the columns of all events, and the events themselves only of what the
/// accounts of requests are made from. The copies and checks of the requests that went wrong come from a second reading.
/// </summary>
public sealed class TracePageBuilder
{
    private readonly PageData _data = new();
    private readonly Coverage _coverage = new();
    private readonly List<TracedEvent> _kept = [];

    /// <summary>The first event of each request: where the request begins counts, whatever the event is.</summary>
    private readonly Dictionary<ulong, int> _begins = [];

    /// <summary>The requests with a refusal or a fault.</summary>
    private readonly HashSet<ulong> _wrong = [];

    /// <summary>Whether the trace is to be read again, for <see cref="AddAgain"/>.</summary>
    public bool NeedsMore => _wrong.Count > 0;

    /// <summary>Takes the next event.</summary>
    public void Add(TracedEvent e)
    {
        _data.Add(e);
        _coverage.Add(e);
        bool begins = e.RequestId != 0 && _begins.TryAdd(e.RequestId, e.Position);
        if (begins || IsOfAccounts(e))
        {
            _kept.Add(e);
        }

        if (e is InvalidArgumentEvent or AccessViolationEvent)
        {
            _wrong.Add(e.RequestId);
        }
    }

    /// <summary>Takes the next event of a second reading, if <see cref="NeedsMore"/>.</summary>
    public void AddAgain(TracedEvent e)
    {
        if (e is CopyEvent or SizeCheckEvent && _wrong.Contains(e.RequestId) && _begins.GetValueOrDefault(e.RequestId, -1) != e.Position)
        {
            _kept.Add(e);
        }
    }

    /// <summary>What the trace has lost.</summary>
    public LossReport Losses(TraceTotals totals) => _data.Losses(totals);

    /// <summary>Writes the page.</summary>
    /// <param name="totals">What the reader knows of the whole trace.</param>
    /// <param name="options">Title, source and story of the page.</param>
    /// <param name="output">Receives the page, which declares UTF-8.</param>
    public void Write(TraceTotals totals, TracePageOptions options, TextWriter output)
    {
        _kept.Sort((left, right) => left.Position.CompareTo(right.Position));
        TracePage.Write(_data, new TraceLog(_kept, totals, _coverage), options, output);
    }

    /// <summary>Whether an account is made from events like this one, of any request.</summary>
    private static bool IsOfAccounts(TracedEvent e) => e switch
    {
        ApiCallStartEvent or ApiCallStopEvent or IoctlStartEvent or IoctlStopEvent or ErrnoMappedEvent => true,
        InvalidArgumentEvent or AccessViolationEvent => true,
        ApplicationBufferEvent or BatchLayoutEvent or MapLayoutEvent or MapCreateEvent => true,
        MachineStartEvent or ProcessStartEvent or LibraryOpenEvent => true,
        _ => e.Header.Name == "Bugcheck",
    };
}
