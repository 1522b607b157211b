using System.Buffers;
using System.IO.Pipelines;
using KernelSim.TraceAnalysis.Losses;

namespace KernelSim.TraceAnalysis.Sessions;

/// <summary>
/// Counts the events of a recording that is still being written, from the same bytes, on a thread of its own. It never blocks the
/// writer: if it falls too far behind it stops counting.
/// </summary>
public sealed class LiveCounter : IDisposable
{
    /// <summary>Bytes that were added and are not counted yet.</summary>
    private const long MostBehind = 64 << 20;

    private readonly Pipe _pipe = new(new PipeOptions(pauseWriterThreshold: MostBehind, useSynchronizationContext: false));
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

    /// <summary>True if it has stopped counting.</summary>
    public bool GaveUp { get; private set; }

    /// <summary>The count so far; losses by the sequence numbers of the events.</summary>
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

    /// <summary>Adds the next bytes of the recording.</summary>
    public void Offer(ReadOnlySpan<byte> bytes)
    {
        if (GaveUp)
        {
            return;
        }

        _pipe.Writer.Write(bytes);
        if (!_pipe.Writer.FlushAsync().AsTask().IsCompleted)
        {
            GaveUp = true;
            _pipe.Writer.Complete();
        }
    }

    /// <summary>Signals the end; waits until all bytes have been counted.</summary>
    public void Finish()
    {
        _pipe.Writer.Complete();
        _reader.Join();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Finish();
        _pipe.Reader.Complete();
    }

    private void Count()
    {
        try
        {
            TraceReader.Stream(_pipe.Reader.AsStream(leaveOpen: true), e =>
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
            // The recording was cut off, or the counter stopped in the middle.
        }
    }
}
