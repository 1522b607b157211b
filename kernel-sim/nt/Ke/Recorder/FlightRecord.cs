using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace KernelSim.Nt.Ke;

/// <summary>
/// One record of the flight recorder, a cache line. The writer, the reader and a debugger that has only a dump share this declaration.
/// </summary>
/// <remarks>
/// A slot of a ring is a record when its <see cref="Sequence"/> is that of the slot's position. It is stored last, so a slot that is being
/// written, or that its writer has abandoned, still has another number.
/// </remarks>
[StructLayout(LayoutKind.Explicit, Size = ByteCount)]
internal struct FlightRecord
{
    public const int ByteCount = 64;

    // In Request of a record that was written outside a request: the rest is the id of the newest request of the machine then.
    private const ulong OutsideRequest = 1UL << 63;

    /// <summary>Counts from 1 on each processor; 0 was never written.</summary>
    [FieldOffset(0)]
    public ulong Sequence;

    [FieldOffset(8)]
    public ulong Request;

    [FieldOffset(16)]
    public ushort Kind;

    /// <summary>The processor whose ring it is in.</summary>
    [FieldOffset(18)]
    public short Processor;

    [FieldOffset(20)]
    public int Process;

    /// <summary>A control code, the number of a check or a call, a stop code: as the kind says.</summary>
    [FieldOffset(24)]
    public uint Code;

    [FieldOffset(28)]
    public uint Status;

    [FieldOffset(32)]
    public FlightNumbers Numbers;

    /// <summary>Whether it was written outside a request.</summary>
    public readonly bool IsOutsideRequest => Request == 0 || (Request & OutsideRequest) != 0;

    /// <summary>Its request, or the newest one of the machine when it was written outside of any.</summary>
    public readonly ulong NewestRequest => Request & ~OutsideRequest;

    /// <summary>What <see cref="Request"/> is for a request id that may be 0: by it a reader puts records of several rings in order.</summary>
    public static ulong RequestOrTime(ulong requestId, RequestIds ids) =>
        requestId != 0 ? requestId : OutsideRequest | ids.Latest;

    /// <summary>Fills in what all kinds have.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Fill(FlightKind kind, ulong requestId, int processor, int process, uint code, uint status)
    {
        Request = requestId;
        Unsafe.As<ushort, ulong>(ref Kind) = (ushort)kind | ((ulong)(ushort)processor << 16) | ((ulong)(uint)process << 32);
        Unsafe.As<uint, ulong>(ref Code) = code | ((ulong)status << 32);
    }

    /// <summary>Fills in the numbers, and makes the slot a record.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Complete(ulong sequence, in FlightNumbers numbers)
    {
        Numbers = numbers;
        Volatile.Write(ref Sequence, sequence);
    }

    /// <inheritdoc cref="Complete(ulong, in FlightNumbers)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Complete(ulong sequence, long first, long second = 0, long third = 0, long fourth = 0)
    {
        Numbers[0] = first;
        Numbers[1] = second;
        Numbers[2] = third;
        Numbers[3] = fourth;
        Volatile.Write(ref Sequence, sequence);
    }
}

/// <summary>The four numbers of a record, whose meaning depends on its kind.</summary>
[InlineArray(Count)]
internal struct FlightNumbers
{
    public const int Count = 4;

    private long _first;
}
