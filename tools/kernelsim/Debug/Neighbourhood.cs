using KernelSim.TraceAnalysis.Events;

namespace KernelSim.Tool.Debug;

/// <summary>Collects the events of a request and those just before its first and after its last, while a trace is read.</summary>
internal sealed class Neighbourhood(ulong request, int neighbours)
{
    private readonly Queue<TracedEvent> _before = new();
    private readonly List<TracedEvent> _after = [];
    private readonly List<TracedEvent> _found = [];

    /// <summary>The events, in the order of time; none if the request has none.</summary>
    public IReadOnlyList<TracedEvent> Found => _found.Count == 0 ? [] : [.. _found, .. _after];

    /// <summary>Takes the next event.</summary>
    public void Add(TracedEvent e)
    {
        if (e.RequestId == request)
        {
            // Only others that come before all of it, or after all of it, are neighbours.
            _found.AddRange(_found.Count == 0 ? _before : []);
            _after.Clear();
            _found.Add(e);
        }
        else if (_found.Count > 0)
        {
            if (_after.Count < neighbours)
            {
                _after.Add(e);
            }
        }
        else
        {
            _before.Enqueue(e);
            if (_before.Count > neighbours)
            {
                _before.Dequeue();
            }
        }
    }
}
