using KernelSim.TraceAnalysis.Losses;

namespace KernelSim.TraceAnalysis.Sessions;

/// <summary>
/// Counts the events of a recording that is still being written, from the same bytes, on a thread of its own. It never holds up the one
/// who writes: when it falls too far behind it gives up counting.
/// </summary>
public sealed class LiveCounter : IDisposable
{
    private const long MostBehind = 64 << 20;

    private readonly BlockStream _blocks = new();
    private readonly LossAudit _audit = new();
    private readonly Lock _lock = new();
    private readonly Thread _reader;
    private long _events;

    /// <summary>Starts counting.</summary>
    public LiveCounter()
    {
        _reader = new Thread(Count) { IsBackground = true, Name = "trace counter" };
        _reader.Start();
    }

    /// <summary>True when it has given up.</summary>
    public bool GaveUp { get; private set; }

    /// <summary>What has been counted so far; losses by the numbers of the events.</summary>
    public LossReport Now
    {
        get
        {
            lock (_lock)
            {
                return _audit.Finish(new TraceTotals(_events, 0));
            }
        }
    }

    /// <summary>Takes the next bytes of the recording.</summary>
    public void Offer(ReadOnlySpan<byte> bytes)
    {
        if (GaveUp)
        {
            return;
        }

        if (_blocks.Waiting > MostBehind)
        {
            GaveUp = true;
            _blocks.End();
            return;
        }

        _blocks.Add(bytes.ToArray());
    }

    /// <summary>No more bytes come; waits until all have been counted.</summary>
    public void Finish()
    {
        _blocks.End();
        _reader.Join();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Finish();
        _blocks.Dispose();
    }

    private void Count()
    {
        try
        {
            TraceReader.Stream(_blocks, e =>
            {
                lock (_lock)
                {
                    _events++;
                    _audit.Add(e);
                }
            });
        }
        catch (InvalidDataException)
        {
            // The recording was cut off, or the counter gave up in its middle.
        }
    }
}
