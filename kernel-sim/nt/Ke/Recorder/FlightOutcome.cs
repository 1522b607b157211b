using System.Runtime.CompilerServices;

namespace KernelSim.Nt.Ke;

/// <summary>How a control request ended, and the bytes that it moved by stage: the numbers of <see cref="FlightKind.IoctlCompleted"/>.</summary>
/// <remarks>The first number is the start of the request; the others have two numbers of 32 bits each.</remarks>
internal readonly struct FlightOutcome(FlightEntry entry)
{
    public uint Information => (uint)entry.Numbers[1];

    /// <summary>The id of the driver's object that the request was about; 0 if that is unknown.</summary>
    public uint Object => High(entry.Numbers[1]);

    public uint BufferIn => (uint)entry.Numbers[2];

    public uint BufferOut => High(entry.Numbers[2]);

    public uint MapStore => (uint)entry.Numbers[3];

    public uint MapFetch => High(entry.Numbers[3]);

    /// <summary>Two numbers in one; the largest there is stands for a larger one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Pair(long low, long high) =>
        (low | high) >>> 32 == 0 ? low | (high << 32) : Math.Min(low, uint.MaxValue) | (Math.Min(high, uint.MaxValue) << 32);

    private static uint High(long number) => (uint)(number >>> 32);
}
