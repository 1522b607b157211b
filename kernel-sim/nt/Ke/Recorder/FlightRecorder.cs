using System.Numerics;
using System.Runtime.InteropServices;

namespace KernelSim.Nt.Ke;

/// <summary>
/// The machine's flight recorder: for each processor a ring of the newest records about calls, requests, refusals, copies and bugchecks. It is
/// always on, and readable while the machine runs and after it has stopped.
/// </summary>
/// <remarks>
/// A ring is made with its processor's first record, in pool under the tag <c>Rcdr</c>. <see cref="FlightCursor"/> is the writing side. Reading
/// neither stops nor disturbs the threads that write.
/// </remarks>
public sealed unsafe class FlightRecorder
{
    /// <summary>How many records <see cref="Read"/> returns unless it is told otherwise.</summary>
    public const int DefaultCount = 100;

    // Machines with many processors have smaller rings.
    private const int MostRecords = 4096;
    private const int LeastRecords = 256;
    private const int RecordsOfMachine = 64 * 1024;

    private readonly RequestIds _ids;
    private readonly IFlightMemory _memory;
    private readonly Lock _lock = new();
    private readonly FlightRing?[] _rings;
    private IFlightNames[] _names = [];
    private bool _closed;

    internal FlightRecorder(int processors, RequestIds ids, IFlightMemory memory)
    {
        _ids = ids;
        _memory = memory;
        _rings = new FlightRing?[processors];
        int share = (int)BitOperations.RoundUpToPowerOf2((uint)(RecordsOfMachine / processors));
        RecordsPerProcessor = Math.Clamp(share, LeastRecords, MostRecords);
    }

    /// <summary>How many records are kept of a processor.</summary>
    public int RecordsPerProcessor { get; }

    /// <summary>Whether IRQL changes and epochs are recorded too: in Debug builds and in tests, as <see cref="LockOrder.IsChecked"/>.</summary>
    public static bool RecordsLevels => LockOrder.IsChecked;

    /// <summary>The newest records of all processors, oldest first. Empty once the machine has been disposed.</summary>
    /// <param name="count">How many at most.</param>
    public IReadOnlyList<FlightEntry> Read(int count = DefaultCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        List<FlightRingImage> images = [];
        foreach (byte[] ring in CopyRings())
        {
            if (FlightRingImage.TryParse(ring, out FlightRingImage? image, out _))
            {
                images.Add(image);
            }
        }

        return FlightLog.Newest(images, count, Volatile.Read(ref _names));
    }

    /// <summary>
    /// Adds the names of a driver's operations and checks, which records then show instead of numbers. A driver does so when it is loaded; the names
    /// stay when it is unloaded, as its records do.
    /// </summary>
    public void AddNames(IFlightNames names)
    {
        ArgumentNullException.ThrowIfNull(names);
        lock (_lock)
        {
            if (!_names.Contains(names))
            {
                Volatile.Write(ref _names, [.. _names, names]);
            }
        }
    }

    /// <summary>The bytes of the rings that exist, each as it is in memory.</summary>
    internal List<byte[]> CopyRings()
    {
        // Under the lock: the machine's memory stays until it is released.
        lock (_lock)
        {
            return _closed ? [] : [.. _rings.OfType<FlightRing>().Select(r => r.Copy())];
        }
    }

    /// <summary>The ring of a processor, made now if need be. Null if there is no memory for it, or no longer any.</summary>
    internal FlightRing? RingOf(int processor) => Volatile.Read(ref _rings[processor]) ?? Create(processor);

    /// <summary>Writes a record that is not on a hot path, for any thread, whether or not it has ever been in the kernel.</summary>
    internal void Write(FlightKind kind, ulong requestId, int process, uint code, uint status, in FlightNumbers numbers)
    {
        if (KeThread.LastOrNull is { } thread && thread.Machine.FlightRecorder == this)
        {
            thread.Record(kind, requestId, process, code, status, numbers);
        }
        else if (TakeAlone(0, out ulong sequence) is var record && record != null)
        {
            record->Fill(kind, FlightRecord.RequestOrTime(requestId, _ids), 0, process, code, status);
            record->Complete(sequence, numbers);
        }
    }

    /// <summary>Writes the last records, in no thread's run: the control requests that threads are inside, and why the machine has stopped.</summary>
    internal void WriteStop(KeThread? current, IEnumerable<KeThread> threads, uint code, ReadOnlySpan<ulong> parameters)
    {
        current?.AbandonFlight();
        foreach (KeThread thread in threads)
        {
            WriteUnderWay(thread);
        }

        int processor = current?.ProcessorNumber ?? 0;
        FlightRecord* record = TakeAlone(processor, out ulong sequence);
        if (record != null)
        {
            FlightNumbers numbers = default;
            MemoryMarshal.Cast<ulong, long>(parameters).CopyTo(numbers);
            ulong request = FlightRecord.RequestOrTime(current?.RequestId ?? 0, _ids);
            record->Fill(FlightKind.Bugcheck, request, processor, current?.KernelProcess?.Id ?? 0, code, 0);
            record->Complete(sequence, numbers);
        }
    }

    /// <summary>Nothing is recorded or read any more. The machine frees the memory next.</summary>
    internal void Close()
    {
        lock (_lock)
        {
            _closed = true;
            Array.Clear(_rings);
        }
    }

    private void WriteUnderWay(KeThread thread)
    {
        int processor = thread.ProcessorNumber;
        if (thread.TryReadIoctl(out FlightIoctl ioctl) && TakeAlone(processor, out ulong sequence) is var record && record != null)
        {
            record->Fill(FlightKind.Ioctl, thread.RequestId, processor, thread.KernelProcess?.Id ?? 0, ioctl.Code, 0);
            record->Complete(sequence, (long)ioctl.Start, 0, FlightOutcome.Pair(ioctl.InputLength, ioctl.OutputLength));
        }
    }

    private FlightRecord* TakeAlone(int processor, out ulong sequence)
    {
        sequence = 0;
        return RingOf(processor) is { } ring ? FlightCursor.ClaimOne(ring, out sequence) : null;
    }

    private FlightRing? Create(int processor)
    {
        lock (_lock)
        {
            if (_rings[processor] is null && !_closed)
            {
                byte* memory = _memory.Allocate(processor, FlightRing.BytesFor(RecordsPerProcessor));
                if (memory != null)
                {
                    Volatile.Write(ref _rings[processor], new FlightRing(memory, processor, RecordsPerProcessor));
                }
            }

            return _rings[processor];
        }
    }
}
