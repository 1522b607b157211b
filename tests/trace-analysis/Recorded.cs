using KernelSim.TraceAnalysis.Events;

namespace KernelSim.TraceAnalysis.Tests;

/// <summary>Events built by hand, as a reader hands them out: for traces that no recorder makes on purpose.</summary>
internal sealed class Recorded
{
    private readonly List<TracedEvent> _events = [];
    private readonly Dictionary<string, ulong> _numbers = [];
    private long _thread = 1;

    public IReadOnlyList<TracedEvent> Events => _events;

    /// <summary>Adds an event of the kernel's provider.</summary>
    public Recorded Kernel(ulong request, string name, params (string Name, object Value)[] fields) =>
        Add("KernelSim-Kernel", 0, request, name, fields);

    /// <summary>Adds an event of the library's provider.</summary>
    public Recorded User(ulong request, string name, params (string Name, object Value)[] fields) =>
        Add("KernelSim-UserApi", -1, request, name, fields);

    /// <summary>The host thread that writes the events that follow.</summary>
    public Recorded OnThread(long thread)
    {
        _thread = thread;
        return this;
    }

    /// <summary>Takes the last event out again: its number is used up.</summary>
    public Recorded Drop()
    {
        _events.RemoveAt(_events.Count - 1);
        return this;
    }

    private Recorded Add(string provider, int processor, ulong request, string name, (string Name, object Value)[] fields)
    {
        ulong sequence = _numbers[provider] = _numbers.GetValueOrDefault(provider) + 1;
        (string Name, object Value)[] all = [("requestId", request), ("processor", processor), .. fields, ("sequence", sequence)];
        EventPayload payload = new([.. all.Select(f => f.Name)], [.. all.Select(f => f.Value)]);
        EventHeader header = new(_events.Count, _events.Count * 10.0, provider, name, "Informational", payload)
        {
            HostProcessId = 1,
            HostThreadId = _thread,
        };
        _events.Add(EventCatalog.Make(header));
        return this;
    }
}
