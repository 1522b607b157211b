using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using KernelSim.Tracing;

namespace KernelSim.Tool.Serve.Statistics;

/// <summary>What the meter has counted since this exists. A server's process runs one machine, so these are that machine's numbers.</summary>
internal sealed class MachineCounters : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, long> _refusals = new();
    private long _calls;
    private long _failed;
    private long _ioctls;
    private long _copies;
    private long _bytes;

    /// <summary>Starts to count.</summary>
    public MachineCounters()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == KernelSimMeter.MeterName && !instrument.IsObservable)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>(Count);
        _listener.Start();
    }

    /// <summary>Calls of libraries that have returned.</summary>
    public long Calls => Interlocked.Read(ref _calls);

    /// <summary>Those of them that failed.</summary>
    public long FailedCalls => Interlocked.Read(ref _failed);

    /// <summary>Control requests that have completed.</summary>
    public long Ioctls => Interlocked.Read(ref _ioctls);

    /// <summary>Copies: one for each message and stage.</summary>
    public long Copies => Interlocked.Read(ref _copies);

    /// <summary>Bytes of these copies.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Refusals by check.</summary>
    public IReadOnlyCollection<KeyValuePair<string, long>> Refusals => _refusals.ToArray();

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    private void Count(Instrument instrument, long value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
    {
        switch (instrument.Name)
        {
            case "kernelsim.calls":
                Interlocked.Add(ref _calls, value);
                Interlocked.Add(ref _failed, Tag(tags, "errno") == "0" ? 0 : value);
                break;
            case "kernelsim.ioctls":
                Interlocked.Add(ref _ioctls, value);
                break;
            case "kernelsim.refusals":
                _refusals.AddOrUpdate(Tag(tags, "check"), static (_, v) => v, static (_, sum, v) => sum + v, value);
                break;
            case "kernelsim.copied":
                Interlocked.Increment(ref _copies);
                Interlocked.Add(ref _bytes, value);
                break;
        }
    }

    private static string Tag(ReadOnlySpan<KeyValuePair<string, object?>> tags, string name)
    {
        foreach (KeyValuePair<string, object?> tag in tags)
        {
            if (tag.Key == name)
            {
                return tag.Value as string ?? "";
            }
        }

        return "";
    }
}
