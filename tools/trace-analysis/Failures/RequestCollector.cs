using KernelSim.TraceAnalysis.Events;

namespace KernelSim.TraceAnalysis.Failures;

/// <summary>
/// Keeps one request of a trace while it is read, and what came before it that its story needs: machines, processes, libraries, maps, and
/// the kernel's last word on a layout. Memory grows with the request, not with the trace.
/// </summary>
/// <param name="request">The request.</param>
public sealed class RequestCollector(ulong request)
{
    private readonly List<TracedEvent> _kept = [];
    private MapLayoutEvent? _lastLayout;
    private bool _begun;

    /// <summary>Takes the next event.</summary>
    public void Add(TracedEvent e)
    {
        if (e.RequestId == request)
        {
            if (!_begun && _lastLayout is not null)
            {
                _kept.Add(_lastLayout);
            }

            _begun = true;
            _kept.Add(e);
        }
        else if (e is MachineStartEvent or ProcessStartEvent or LibraryOpenEvent or MapCreateEvent)
        {
            _kept.Add(e);
        }
        else if (e is MapLayoutEvent layout)
        {
            _lastLayout = layout;
        }
    }

    /// <summary>The request with its surroundings; null when the trace has no event of it.</summary>
    public RequestView? Finish() => _begun ? new TraceLog([.. _kept.OrderBy(e => e.Position)]).Request(request) : null;
}
