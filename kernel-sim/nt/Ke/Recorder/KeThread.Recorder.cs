using System.Runtime.CompilerServices;
using KernelSim.Tracing;

namespace KernelSim.Nt.Ke;

/// <content>What the thread writes to the machine's flight recorder.</content>
public sealed unsafe partial class KeThread
{
    private FlightCursor _flight;
    private FlightCopies _copies;
    private FlightIoctl _ioctl;

    /// <summary>
    /// Counts bytes that a driver has copied into a store of its own from the request that the thread serves: copy stage <c>MapStore</c>. The
    /// count begins with each control request.
    /// </summary>
    /// <param name="bytes">Bytes of keys and values.</param>
    public void CountStored(long bytes)
    {
        _copies.Stored += bytes;
        KernelSimMeter.Copied(CopyStage.MapStore, bytes);
    }

    /// <summary>
    /// Counts bytes that a driver has copied out of a store of its own: copy stage <c>MapFetch</c>. Otherwise like <see cref="CountStored"/>.
    /// </summary>
    /// <param name="bytes">Bytes of keys and values.</param>
    public void CountFetched(long bytes)
    {
        _copies.Fetched += bytes;
        KernelSimMeter.Copied(CopyStage.MapFetch, bytes);
    }

    /// <summary>Notes which of the driver's objects the request is about, by id, for the flight recorder.</summary>
    public void NoteObject(uint id) => _copies.Object = id;

    /// <summary>Writes a record of a kind that a driver defines: from <see cref="FlightKind.FirstOfDrivers"/> on.</summary>
    /// <param name="kind">The kind, for which the driver has a <see cref="FlightWording"/>.</param>
    /// <param name="first">Its first number.</param>
    /// <param name="second">Its second number.</param>
    public void Record(FlightKind kind, long first, long second)
    {
        FlightRecord* record = Begin(kind, FlightRecord.RequestOrTime(RequestId, Machine.RequestIds), ProcessIdOrZero, 0, 0, out ulong sequence);
        if (record != null)
        {
            record->Complete(sequence, first, second);
        }
    }

    /// <summary>Records what a process asked for.</summary>
    internal void RecordCall(ulong requestId, int process, SystemCallNumber call, ulong argument)
    {
        FlightRecord* record = Begin(FlightKind.Call, requestId, process, (uint)call, 0, out ulong sequence);
        if (record != null)
        {
            record->Complete(sequence, (long)argument);
        }
    }

    internal void RecordCallFailed(ulong requestId, int process, SystemCallNumber call, uint status)
    {
        FlightRecord* record = Begin(FlightKind.CallFailed, requestId, process, (uint)call, status, out ulong sequence);
        if (record != null)
        {
            record->Complete(sequence, 0);
        }
    }

    /// <summary>
    /// Notes a control request that is about to be sent, and begins to count what it copies. Its record is written when it is completed.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void BeginIoctl(uint code, ulong start, uint inputLength, uint outputLength)
    {
        _copies = default;
        _ioctl.Start = start;
        _ioctl.InputLength = inputLength;
        _ioctl.OutputLength = outputLength;
        _ioctl.Code = code;
        _ioctl.IsUnderWay = true;
    }

    /// <summary>
    /// The thread has left the control request, which may be pending. What it is refused from now on is not about that request's object.
    /// </summary>
    internal void EndIoctl()
    {
        _ioctl.IsUnderWay = false;
        _copies.Object = 0;
    }

    /// <summary>The control request that the thread is inside. Read racily from another thread, on a machine that is about to stop.</summary>
    internal bool TryReadIoctl(out FlightIoctl ioctl)
    {
        ioctl = _ioctl;
        return ioctl.IsUnderWay && IsInKernel;
    }

    /// <summary>What the thread has copied, and for which object, since the request was sent.</summary>
    internal ref readonly FlightCopies Copies => ref _copies;

    /// <summary>Records a control request that has been refused before it was sent.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal void RecordUnsent(int process, uint code, uint inputLength, uint outputLength, uint status)
    {
        FlightRecord* record = Begin(FlightKind.IoctlCompleted, RequestId, process, code, status, out ulong sequence);
        if (record != null)
        {
            record->Complete(sequence, 0, 0, FlightOutcome.Pair(inputLength, outputLength), FlightOutcome.NotSent);
        }
    }

    /// <summary>Records that a request stays pending, or is cancelled.</summary>
    internal void RecordRequest(FlightKind kind, ulong requestId, int process, uint code, ulong start)
    {
        FlightRecord* record = Begin(kind, requestId, process, code, 0, out ulong sequence);
        if (record != null)
        {
            record->Complete(sequence, (long)start);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    internal void RecordRefusal(FlightKind kind, int check, uint status, long given, long expected, long element)
    {
        int process = (KernelProcess ?? Requestor)?.Id ?? 0;
        ulong request = FlightRecord.RequestOrTime(RequestId, Machine.RequestIds);
        FlightRecord* record = Begin(kind, request, process, (uint)check, status, out ulong sequence);
        if (record != null)
        {
            record->Complete(sequence, given, expected, element, _copies.Object);
        }
    }

    /// <summary>Writes a record of any kind.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal void Record(FlightKind kind, ulong requestId, int process, uint code, uint status, in FlightNumbers numbers)
    {
        FlightRecord* record = Begin(kind, FlightRecord.RequestOrTime(requestId, Machine.RequestIds), process, code, status, out ulong sequence);
        if (record != null)
        {
            record->Complete(sequence, numbers);
        }
    }

    /// <summary>Records a change of the thread's level, on the processor that it is on.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal void RecordLevel(Irql before, Irql after)
    {
        FlightKind kind = after > before ? FlightKind.IrqlRaise : FlightKind.IrqlLower;
        FlightRecord* record = Begin(kind, FlightRecord.RequestOrTime(RequestId, Machine.RequestIds), ProcessIdOrZero, 0, 0, out ulong sequence);
        if (record != null)
        {
            record->Complete(sequence, (long)before, (long)after);
        }
    }

    /// <summary>The thread writes no more: the memory that its run is in is about to be freed.</summary>
    internal void AbandonFlight() => _flight = default;

    private int ProcessIdOrZero => KernelProcess?.Id ?? 0;

    /// <summary>Takes the next slot and fills in what all kinds have. Null: nothing can be recorded.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private FlightRecord* Begin(FlightKind kind, ulong requestId, int process, uint code, uint status, out ulong sequence)
    {
        int processor = _processorNumber;
        FlightRecord* record = _flight.Take(processor, out sequence);
        if (record == null && (record = ClaimRecord(out sequence)) == null)
        {
            return null;
        }

        record->Fill(kind, requestId, processor, process, code, status);
        return record;
    }

    /// <summary>Takes the next slot of the thread's run for a record that the caller fills in. Null: <see cref="ClaimRecord"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal FlightRecord* TakeRecord(out ulong sequence) => _flight.Take(_processorNumber, out sequence);

    /// <summary>Claims a run on the processor, or one slot where the thread is only for a while. Null on a stopped machine.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal FlightRecord* ClaimRecord(out ulong sequence)
    {
        sequence = 0;
        if (Machine.IsStopped || Machine.FlightRecorder.RingOf(_processorNumber) is not { } ring)
        {
            return null;
        }

        return _processorNumber == _homeNumber
            ? _flight.Claim(ring, _processorNumber, out sequence)
            : FlightCursor.ClaimOne(ring, out sequence);
    }
}
