using KernelSim.TraceAnalysis.Events;

namespace KernelSim.TraceAnalysis.Failures;

/// <summary>
/// Collects one request of a trace while it is read, and the earlier events that its story needs: machines, processes, libraries, maps with
/// the calls that created them, and the kernel's last layout for each descriptor. Memory grows with the request and with the number of
/// maps and descriptors, not with the trace.
/// </summary>
/// <param name="request">Id of the request.</param>
public sealed class RequestCollector(ulong request)
{
    private readonly List<TracedEvent> _kept = [];

    /// <summary>The starts of calls that have not returned yet: the call, and the first control request, which contains the process.</summary>
    private readonly Dictionary<ulong, List<TracedEvent>> _open = [];

    /// <summary>The last call with each descriptor that reached a map: its start and the layout.</summary>
    private readonly Dictionary<int, List<TracedEvent>> _layouts = [];
    private readonly HashSet<ulong> _creators = [];
    private bool _begun;

    /// <summary>Takes the next event.</summary>
    public void Add(TracedEvent e)
    {
        if (e.RequestId == request)
        {
            _begun = true;
            _kept.Add(e);
        }
        else if (!_begun)
        {
            Before(e);
        }
    }

    /// <summary>The request with its context; null if the trace has no event of it.</summary>
    public RequestView? Finish() => _begun
        ? new TraceLog([.. _kept.Concat(_layouts.Values.SelectMany(l => l)).DistinctBy(e => e.Position).OrderBy(e => e.Position)]).Request(request)
        : null;

    private void Before(TracedEvent e)
    {
        switch (e)
        {
            case MachineStartEvent or ProcessStartEvent or LibraryOpenEvent:
                _kept.Add(e);
                break;
            case ApiCallStartEvent:
                _open[e.RequestId] = [e];
                break;
            case IoctlStartEvent when _open.TryGetValue(e.RequestId, out List<TracedEvent>? call) && call.Count == 1:
                call.Add(e);
                break;
            case MapCreateEvent:
                _kept.Add(e);
                if (_creators.Add(e.RequestId) && _open.TryGetValue(e.RequestId, out List<TracedEvent>? maker))
                {
                    _kept.AddRange(maker);
                }

                break;
            case MapLayoutEvent when _open.TryGetValue(e.RequestId, out List<TracedEvent>? call) && call[0] is ApiCallStartEvent start:
                _layouts[start.Descriptor] = [.. call, e];
                break;
            case ApiCallStopEvent:
                _open.Remove(e.RequestId);
                if (_creators.Remove(e.RequestId))
                {
                    _kept.Add(e);
                }

                break;
        }
    }
}
