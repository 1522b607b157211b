using System.Diagnostics;
using System.Diagnostics.Tracing;
using KernelSim.TraceAnalysis;
using KernelSim.TraceAnalysis.Events;
using KernelSim.Tracing;

namespace KernelSim.Testing;

/// <summary>
/// The events of one machine, from its boot on, in memory: the last <see cref="KernelTestOptions.TraceCapacity"/> of them. Those of other machines
/// in the process are not among them. Request ids count from 1.
/// </summary>
public sealed class MachineTrace
{
    private const EventKeywords NotOfChecks = KernelEventSource.Keywords.Copy
        | KernelEventSource.Keywords.Pool
        | KernelEventSource.Keywords.Epoch
        | KernelEventSource.Keywords.Sched;

    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly TraceRing _ring;
    private long _endOfTest = long.MaxValue;

    internal MachineTrace(TraceDetail detail, int capacity, string? test)
    {
        Detail = detail;
        Test = test;
        Keywords = detail switch
        {
            TraceDetail.Instructions => KernelEventSource.AllButInstructions | KernelEventSource.Keywords.Instruction,
            TraceDetail.Verbose => KernelEventSource.AllButInstructions,
            TraceDetail.Checks or TraceDetail.Calls => KernelEventSource.AllButInstructions & ~NotOfChecks,
            _ => EventKeywords.None,
        };
        Level = detail == TraceDetail.Calls ? EventLevel.Informational : EventLevel.Verbose;
        _ring = new TraceRing(capacity);
        RequestIdBase = TraceHub.NextRequestIdBase();
        if (detail != TraceDetail.Off)
        {
            TraceHub.Add(this);
        }
    }

    /// <summary>What is recorded.</summary>
    public TraceDetail Detail { get; }

    /// <summary>Number of events so far, those included that have gone.</summary>
    public long Count => _ring.Added;

    /// <summary>What the machine is booted with.</summary>
    internal ulong RequestIdBase { get; }

    /// <summary>Id of the test that booted the machine; null outside of a test.</summary>
    internal string? Test { get; }

    internal EventKeywords Keywords { get; }

    internal EventLevel Level { get; }

    /// <summary>The events so far, by time and by request.</summary>
    public TraceLog Read() => Read(long.MaxValue);

    /// <summary>The events of the test, without those of the machine's end.</summary>
    internal TraceLog ReadTest() => Read(_endOfTest);

    /// <summary>Notes that the test has ended: what follows is the end of its machine.</summary>
    internal void EndTest() => _endOfTest = Stopwatch.GetTimestamp();

    private TraceLog Read(long end)
    {
        (TraceEntry[] entries, long dropped) = _ring.Read();
        Dictionary<(string Provider, int Id), string[]> names = [];
        List<TracedEvent> events = new(entries.Length);
        foreach ((long time, EventWrittenEventArgs written) in entries.Where(e => e.Time <= end))
        {
            (string, int) kind = (written.EventSource.Name, written.EventId);
            if (!names.TryGetValue(kind, out string[]? fields))
            {
                names.Add(kind, fields = [.. written.PayloadNames!]);
            }

            object?[] values = [.. written.Payload!];
            ulong request = (ulong)values[0]!;
            values[0] = request == 0 ? 0 : request - RequestIdBase;
            events.Add(EventCatalog.Make(
                new EventHeader(
                    events.Count,
                    Stopwatch.GetElapsedTime(_start, time).TotalMicroseconds,
                    written.EventSource.Name,
                    written.EventName!,
                    EventLevels.NameOf((int)written.Level),
                    new EventPayload(fields, values))
                {
                    Keywords = (long)written.Keywords,
                    HostProcessId = Environment.ProcessId,
                    HostThreadId = written.OSThreadId,
                }));
        }

        return new TraceLog(events, new TraceTotals(events.Count, dropped), Coverage.OfSession(Keywords));
    }

    /// <summary>Forgets the events so far.</summary>
    public void Clear() => _ring.Clear();

    internal void Add(EventWrittenEventArgs written)
    {
        if ((written.Keywords & Keywords) != 0 && written.Level <= Level)
        {
            _ring.Add(new TraceEntry(Stopwatch.GetTimestamp(), written));
        }
    }

    internal void Stop() => TraceHub.Remove(this);
}
