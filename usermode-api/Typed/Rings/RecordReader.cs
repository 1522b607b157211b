using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.UserMode.Rings;

namespace KernelSim.UserMode;

/// <summary>Reads a map's records, each once, in the order of each ring. Records that were read make room for others.</summary>
/// <typeparam name="TRecord">The type that represents a record. Its bytes are a copy.</typeparam>
/// <remarks>
/// <para>
/// Any thread may call; one reader of a map at a time gets each record. <c>await foreach</c> waits for new records: it
/// clears the event that the kernel sets for an unread record, reads all records, and then sleeps on the event. The sleep is the
/// blocking system call of a simulated process, so it runs on a thread of its own, which exists only while there is nothing to read.
/// Cancelling and disposing set the same event, and so end the sleep at once.
/// </para>
/// <para>Opening a second reader takes over the event: the first can still read, but is no longer woken.</para>
/// </remarks>
public abstract class RecordReader<TRecord> : IDisposable, IAsyncEnumerable<TRecord>
{
    private readonly BpfMap _map;
    private readonly List<MappedRing> _rings;
    private readonly NtHandle _waitHandle;
    private readonly Lock _lock = new();
    private volatile bool _disposed;

    private protected RecordReader(BpfMap map, int ringCount)
    {
        _map = map;
        OpenReaderCall open = new(map.Descriptor, ringCount);
        map.Session.Execute("RecordReader.Open", map.Shape, ref open);
        (_rings, _waitHandle) = (open.Rings, open.WaitHandle);
    }

    private Libbpf Library => _map.Session.Library;

    /// <summary>Reads the next record; false if none can be read now.</summary>
    /// <param name="record">A copy of the record.</param>
    /// <exception cref="ObjectDisposedException">The reader is disposed.</exception>
    /// <exception cref="ProcessExitedException">The process has ended.</exception>
    public bool TryRead(out TRecord record)
    {
        ReadRecordCall read;
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            read = new ReadRecordCall(_rings);
            _map.Session.Execute("RecordReader.TryRead", _map.Shape, ref read);
        }

        record = read.Ring is { } ring ? Make(ring.Index, read.Record) : default!;
        return read.Ring is not null;
    }

    /// <summary>Reads every record that can be read now.</summary>
    public IReadOnlyList<TRecord> ReadAll()
    {
        List<TRecord> records = [];
        while (TryRead(out TRecord record))
        {
            records.Add(record);
        }

        return records;
    }

    /// <summary>
    /// Returns records as they arrive, without end. Ends when the reader is disposed; throws when <paramref name="cancellationToken"/> is cancelled.
    /// </summary>
    /// <param name="cancellationToken">Ends a wait at once.</param>
    public async IAsyncEnumerator<TRecord> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        while (!_disposed)
        {
            // The event first, then the rings: a record written in between sets it again, and the wait below returns at once.
            Library.Gate.NtClearEvent(0, _waitHandle);
            while (!_disposed)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (!TryReadUnlessDisposed(out TRecord record))
                {
                    break;
                }

                yield return record;
            }

            if (!_disposed)
            {
                await WaitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Unmaps the rings and ends every wait.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
            if (!Library.IsDisposed)
            {
                Library.Gate.NtSetEvent(0, _waitHandle);
                FreeRingsCall free = new(_rings, _waitHandle);
                Library.Execute("RecordReader.Dispose", ref free);
            }
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>Creates a record from its bytes, which are not shared.</summary>
    private protected abstract TRecord Make(int ring, byte[] bytes);

    /// <summary>Number of records that one of the rings has lost.</summary>
    private protected ulong LostRecords(int ring)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            LostRecordsCall lost = new(_rings[ring]);
            _map.Session.Execute("RecordReader.LostRecords", _map.Shape, ref lost);
            return lost.Count;
        }
    }

    private bool TryReadUnlessDisposed(out TRecord record)
    {
        try
        {
            return TryRead(out record);
        }
        catch (ObjectDisposedException)
        {
            record = default!;
            return false;
        }
    }

    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        ISystemGate gate = Library.Gate;
        NtStatus status;
        using (cancellationToken.Register(() => gate.NtSetEvent(0, _waitHandle)))
        {
            status = await Task.Factory.StartNew(
                () => gate.NtWaitForSingleObject(0, _waitHandle, Timeout.InfiniteTimeSpan),
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default).ConfigureAwait(false);
        }

        cancellationToken.ThrowIfCancellationRequested();
        if (status == NtStatus.ProcessIsTerminating)
        {
            throw new ProcessExitedException(gate.ProcessId, violation: null);
        }
    }
}
