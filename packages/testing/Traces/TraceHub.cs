using System.Diagnostics.Tracing;
using KernelSim.Nt;
using KernelSim.Tracing;
using Xunit;

namespace KernelSim.Testing;

/// <summary>
/// The one listener of the test process. The providers belong to the process, and tests run side by side: each machine numbers its requests in a
/// range of its own, by which an event finds its trace. Listens only while there are traces.
/// </summary>
internal sealed class TraceHub : EventListener
{
    /// <summary>Request ids of a machine: as many as it may use.</summary>
    private const int BitsOfRange = 40;

    /// <summary>Ranges begin here, so that a machine which was booted without a base, or with a small one, is in none of them.</summary>
    private const ulong FirstRange = 1;

    private static readonly Lock s_lock = new();
    private static TraceHub? s_hub;
    private static ulong s_lastRange = FirstRange - 1;

    /// <summary>Replaced as a whole: the threads that write events read it without the lock.</summary>
    private volatile MachineTrace[] _traces = [];
    private EventKeywords _keywords;
    private EventLevel _level;

    private TraceHub()
    {
    }

    /// <summary>The number below the first request of the next machine.</summary>
    public static ulong NextRequestIdBase()
    {
        lock (s_lock)
        {
            // Beyond 2^23 machines ids are used again: as signed numbers they stay positive.
            s_lastRange = (s_lastRange + 1) % (1UL << (63 - BitsOfRange));
            return Math.Max(s_lastRange, FirstRange) << BitsOfRange;
        }
    }

    /// <summary>Starts to record for a trace.</summary>
    public static void Add(MachineTrace trace)
    {
        lock (s_lock)
        {
            TraceHub hub = s_hub ??= new TraceHub();
            hub._traces = [.. hub._traces, trace];
            hub.Listen();
        }
    }

    /// <summary>Stops to record for a trace.</summary>
    public static void Remove(MachineTrace trace)
    {
        lock (s_lock)
        {
            if (s_hub is { } hub && hub._traces.Contains(trace))
            {
                hub._traces = [.. hub._traces.Where(t => t != trace)];
                hub.Listen();
            }
        }
    }

    /// <inheritdoc/>
    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        // Ids below 1 are the runtime's own. Every event of the simulator starts with its request id.
        if (eventData is { EventId: > 0, Payload: [ulong requestId, ..] } && Find(requestId) is { } trace)
        {
            trace.Add(eventData);
        }
    }

    /// <summary>Whose event it is. One outside of a request is the machine's whose kernel its thread is in, or that its test booted last.</summary>
    private MachineTrace? Find(ulong requestId)
    {
        MachineTrace[] traces = _traces;
        ulong range = requestId >> BitsOfRange;
        if (requestId == 0 && Machine.Current is { } machine)
        {
            range = machine.Options.RequestIdBase >> BitsOfRange;
        }

        if (range != 0 || Machine.Current is not null)
        {
            return Array.Find(traces, t => t.RequestIdBase >> BitsOfRange == range);
        }

        string? test = TestContext.Current.Test?.UniqueID;
        return requestId == 0 ? Array.FindLast(traces, t => t.Test == test) : null;
    }

    private void Listen()
    {
        EventKeywords wanted = _traces.Aggregate(EventKeywords.None, (sum, t) => sum | t.Keywords);
        EventLevel level = _traces.Select(t => t.Level).DefaultIfEmpty().Max();
        if (wanted == _keywords && level == _level)
        {
            return;
        }

        (_keywords, _level) = (wanted, level);
        foreach (EventSource provider in (ReadOnlySpan<EventSource>)[KernelEventSource.Log, UserApiEventSource.Log])
        {
            if (wanted == EventKeywords.None)
            {
                DisableEvents(provider);
            }
            else
            {
                EnableEvents(provider, level, wanted);
            }
        }
    }
}
