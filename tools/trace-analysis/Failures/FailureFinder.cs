using KernelSim.TraceAnalysis.Events;

namespace KernelSim.TraceAnalysis.Failures;

/// <summary>
/// Finds the first failed request of a trace, while the trace is read. A fault or a refusal takes precedence over an errno without a
/// refusal, and any of them over <c>ENOENT</c>, which in most iterations only means the end. A request whose call is not seen to return
/// failed if its last control request completed with an error.
/// </summary>
public sealed class FailureFinder
{
    private const string EndOfMap = "ENOENT";

    /// <summary>The errno of a call that returned a callback's return value: not a failure.</summary>
    private const string NoErrno = "0";

    /// <summary>Requests to the kernel whose call has not returned, with their last completion if it failed.</summary>
    private readonly Dictionary<ulong, IoctlStopEvent?> _unreturned = [];

    private ulong? _stopped;
    private ulong? _failed;
    private ulong? _ended;
    private TracedEvent? _last;
    private TracedEvent? _lastEnded;

    /// <summary>Id of the request; null if none failed.</summary>
    public ulong? Request => _stopped ?? _failed ?? FirstUnreturned(isEnd: false) ?? _ended ?? FirstUnreturned(isEnd: true);

    /// <summary>
    /// Id of the last failed request, for a recording that ends where something went wrong; null if none failed. Any other failure takes
    /// precedence over <c>ENOENT</c>.
    /// </summary>
    public ulong? LastRequest => Last(_last, isEnd: false) ?? Last(_lastEnded, isEnd: true);

    /// <summary>Processes the next event.</summary>
    public void Add(TracedEvent e)
    {
        Track(e);
        switch (e)
        {
            case AccessViolationEvent or InvalidArgumentEvent { Errno: not EndOfMap } when e.RequestId != 0:
                _stopped ??= e.RequestId;
                _last = e;
                break;
            case ApiCallStopEvent { Result: < 0, Errno: not (EndOfMap or NoErrno) }:
                _failed ??= e.RequestId;
                _last = e;
                break;
            case ApiCallStopEvent { Result: < 0, Errno: EndOfMap }:
                _ended ??= e.RequestId;
                _lastEnded = e;
                break;
        }
    }

    private void Track(TracedEvent e)
    {
        switch (e)
        {
            case IoctlStartEvent when e.RequestId != 0:
                _unreturned.TryAdd(e.RequestId, null);
                break;
            case IoctlStopEvent { Errno: not null } stop when _unreturned.ContainsKey(e.RequestId):
                _unreturned[e.RequestId] = stop;
                break;
            case IoctlStopEvent or ApiCallStopEvent:
                _unreturned.Remove(e.RequestId);
                break;
        }
    }

    private ulong? FirstUnreturned(bool isEnd) => Unreturned(isEnd).MinBy(stop => stop.Position)?.RequestId;

    private ulong? Last(TracedEvent? returned, bool isEnd) =>
        Unreturned(isEnd).Append(returned).OfType<TracedEvent>().MaxBy(e => e.Position)?.RequestId;

    private IEnumerable<IoctlStopEvent> Unreturned(bool isEnd) =>
        _unreturned.Values.OfType<IoctlStopEvent>().Where(stop => stop.Errno == EndOfMap == isEnd);
}
