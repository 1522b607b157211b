using KernelSim.Nt;
using KernelSim.Nt.Ke;

namespace KernelSim.EbpfCore.Rings;

/// <summary>
/// A record of a ring that is being written: <see cref="EbpfCoreDriver.ReserveRecord"/>. Its reader sees it, locked, and nothing behind it, until it
/// is submitted or discarded, once. It can be written and ended on any thread, by one at a time, but not within a program.
/// </summary>
public sealed unsafe class RingRecord
{
    private readonly Machine _machine;
    private readonly Ring _ring;
    private readonly RingReservation _reservation;
    private bool _hasEnded;

    internal RingRecord(Machine machine, Ring ring, RingReservation reservation)
    {
        _machine = machine;
        _ring = ring;
        _reservation = reservation;
    }

    /// <summary>Where it begins, in bytes since the ring was made.</summary>
    public ulong Offset => _reservation.Offset;

    /// <summary>Bytes of payload.</summary>
    public uint Length => _reservation.Length;

    /// <summary>Writes a part of the payload. What is not written is what an earlier record left there.</summary>
    /// <param name="at">Bytes from the payload's start.</param>
    /// <param name="bytes">What comes there; it must fit.</param>
    public void Write(int at, ReadOnlySpan<byte> bytes)
    {
        ObjectDisposedException.ThrowIf(_hasEnded, this);
        ArgumentOutOfRangeException.ThrowIfNegative(at);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(at + (long)bytes.Length, Length);
        fixed (byte* source = bytes)
        {
            _ring.Fill(_reservation, (uint)at, source, (uint)bytes.Length);
        }
    }

    /// <summary>Lets the reader have it: <c>ebpf_ring_buffer_submit</c>. Answers a query that waits, too.</summary>
    /// <param name="wakeup">Whether the reader's event is set.</param>
    public void Submit(RingWakeup wakeup = RingWakeup.Default) => End(wakeup, discard: false);

    /// <summary>Gives it up; the reader goes past it: <c>ebpf_ring_buffer_discard</c>. Answers a query that waits, too.</summary>
    /// <param name="wakeup">Whether the reader's event is set.</param>
    public void Discard(RingWakeup wakeup = RingWakeup.Default) => End(wakeup, discard: true);

    private void End(RingWakeup wakeup, bool discard)
    {
        ObjectDisposedException.ThrowIf(_hasEnded, this);
        _hasEnded = true;
        using KernelScope kernel = _machine.EnterKernel();
        if (discard)
        {
            _ring.Discard(kernel.Thread, _reservation, wakeup);
        }
        else
        {
            _ring.Submit(kernel.Thread, _reservation, wakeup);
        }

        _ring.Query.OnRecord(kernel.Thread);
    }
}
