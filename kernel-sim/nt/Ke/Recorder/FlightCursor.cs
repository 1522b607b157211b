using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace KernelSim.Nt.Ke;

/// <summary>
/// Where a thread writes its next record: in a run of slots that it has claimed in the ring of its processor. Only that thread touches it.
/// </summary>
/// <remarks>
/// A thread abandons the rest of its run when it writes on another processor, and when others have claimed much since: its records would appear
/// among older ones, or their slots be in use again. What it abandons stays without a record.
/// </remarks>
internal unsafe struct FlightCursor
{
    /// <summary>Slots that a thread claims at once.</summary>
    public const int Run = 16;

    // Slots that others may claim before a run that has not been filled is abandoned.
    private const long MostBehind = 4 * Run;

    private FlightRecord* _next;
    private FlightRecord* _end;
    private FlightRingHeader* _header;
    private ulong _sequence;
    private long _stale;
    private int _processor;

    /// <summary>The next slot of the thread's run on a processor, and the sequence to store in it last. Null: there is none, claim a run.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public FlightRecord* Take(int processor, out ulong sequence)
    {
        FlightRecord* next = _next;
        sequence = _sequence;
        if (next == _end || _processor != processor || Volatile.Read(ref _header->Claimed) > _stale)
        {
            return null;
        }

        if (Sse.IsSupported)
        {
            Sse.Prefetch0(next + 2);
        }

        _next = next + 1;
        _sequence = sequence + 1;
        return next;
    }

    /// <summary>Claims a run and takes its first slot.</summary>
    public FlightRecord* Claim(FlightRing ring, int processor, out ulong sequence)
    {
        long first = ClaimIn(ring, Run);
        int slot = (int)(first & ring.Mask);
        _header = ring.Header;
        _next = ring.Records + slot;

        // A run that would cross the end of the ring is cut off there.
        _end = _next + Math.Min(Run, ring.Mask + 1 - slot);
        _sequence = (ulong)first + 1;
        _stale = first + Run + MostBehind;
        _processor = processor;
        return Take(processor, out sequence);
    }

    /// <summary>Takes one slot, for a record of a thread that will write its next elsewhere.</summary>
    public static FlightRecord* ClaimOne(FlightRing ring, out ulong sequence)
    {
        long position = ClaimIn(ring, 1);
        sequence = (ulong)position + 1;
        return ring.Records + (position & ring.Mask);
    }

    private static long ClaimIn(FlightRing ring, int slots) => Interlocked.Add(ref ring.Header->Claimed, slots) - slots;
}
