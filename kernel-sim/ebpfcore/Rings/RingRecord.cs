using KernelSim.Nt;
using KernelSim.Nt.Ke;

namespace KernelSim.EbpfCore.Rings;

/// <summary>
/// A record of a ring that is being written: <see cref="EbpfCoreDriver.ReserveRecord"/>. Its reader sees it locked, and nothing after it, until it
/// is submitted or discarded, once. Any thread may write and finish it, one at a time, but not within a program.
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

    /// <summary>Start of the record, in bytes since the ring was created.</summary>
    public ulong Offset => _reservation.Offset;

    /// <summary>Size of the payload in bytes.</summary>
    public uint Length => _reservation.Length;

    /// <summary>Writes a part of the payload. Parts that are not written contain stale data of earlier records.</summary>
    /// <param name="at">Offset from the payload's start, in bytes.</param>
    /// <param name="bytes">The bytes to write; they must fit.</param>
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

    /// <summary>Makes it available to the reader: <c>ebpf_ring_buffer_submit</c>. Also completes a waiting query.</summary>
    /// <param name="wakeup">Whether the reader's event is set.</param>
    public void Submit(RingWakeup wakeup = RingWakeup.Default) => End(wakeup, discard: false);

    /// <summary>Discards it; the reader skips it: <c>ebpf_ring_buffer_discard</c>. Also completes a waiting query.</summary>
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
