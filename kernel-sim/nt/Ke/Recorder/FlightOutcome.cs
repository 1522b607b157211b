using System.Runtime.CompilerServices;

namespace KernelSim.Nt.Ke;

/// <summary>
/// How a control request ended, and the bytes that it moved by stage: the numbers of <see cref="FlightKind.IoctlCompleted"/>, and the lengths of
/// <see cref="FlightKind.Ioctl"/>.
/// </summary>
/// <remarks>The first number is the start of the request; the others have two numbers of 32 bits each.</remarks>
internal readonly struct FlightOutcome(FlightEntry entry)
{
    /// <summary>The last number of a request that was refused before it was sent: nothing was copied.</summary>
    public const long NotSent = -1;

    public uint InputLength => (uint)entry.Numbers[2];

    public uint OutputLength => High(entry.Numbers[2]);

    public uint Information => (uint)entry.Numbers[1];

    /// <summary>The id of the driver's object that the request was about; 0 if that is unknown.</summary>
    public uint Object => High(entry.Numbers[1]);

    public uint BufferIn => IsSent ? InputLength : 0;

    // An error has no reply.
    public uint BufferOut => entry.Status.IsError ? 0 : Information;

    public uint MapStore => IsSent ? (uint)entry.Numbers[3] : 0;

    public uint MapFetch => IsSent ? High(entry.Numbers[3]) : 0;

    private bool IsSent => entry.Numbers[3] != NotSent;

    /// <summary>Two numbers in one.</summary>
    public static long Pair(uint low, uint high) => low | ((long)high << 32);

    /// <summary>Two numbers in one; the largest there is stands for a larger one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Pair(long low, long high) => (low | high) >>> 32 == 0 ? low | (high << 32) : PairLarge(low, high);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static long PairLarge(long low, long high) => Math.Min(low, uint.MaxValue) | (Math.Min(high, uint.MaxValue) << 32);

    private static uint High(long number) => (uint)(number >>> 32);
}
