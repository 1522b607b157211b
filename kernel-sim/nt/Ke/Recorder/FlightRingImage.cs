using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace KernelSim.Nt.Ke;

/// <summary>The records of one ring, decoded from its bytes, wherever those come from: the machine's memory, or a dump of it.</summary>
internal sealed class FlightRingImage
{
    private FlightRingImage(List<FlightRecord> records)
    {
        Records = records;
    }

    /// <summary>The whole records, in the order of their sequences. Abandoned, torn and overwritten slots are not among them.</summary>
    public IReadOnlyList<FlightRecord> Records { get; }

    /// <summary>Decodes a ring.</summary>
    /// <param name="bytes">Header and slots. More may follow.</param>
    /// <param name="image">The records; null if these are not a ring's bytes.</param>
    /// <param name="problem">Why not: what was given, and what was expected.</param>
    public static bool TryParse(
        ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out FlightRingImage? image, [NotNullWhen(false)] out string? problem)
    {
        image = null;
        problem = bytes.Length < FlightRingHeader.ByteCount
            ? $"{bytes.Length} bytes given, expected at least {FlightRingHeader.ByteCount}: a ring's header"
            : ProblemOf(MemoryMarshal.Read<FlightRingHeader>(bytes), bytes.Length - FlightRingHeader.ByteCount);
        if (problem is not null)
        {
            return false;
        }

        FlightRingHeader header = MemoryMarshal.Read<FlightRingHeader>(bytes);
        image = new FlightRingImage(Decode(header, bytes[FlightRingHeader.ByteCount..]));
        return true;
    }

    private static List<FlightRecord> Decode(in FlightRingHeader header, ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<FlightRecord> slots = MemoryMarshal.Cast<byte, FlightRecord>(bytes[..(header.Capacity * FlightRecord.ByteCount)]);
        List<FlightRecord> records = [];
        for (long position = Math.Max(header.Claimed - header.Capacity, 0); position < header.Claimed; position++)
        {
            ref readonly FlightRecord slot = ref slots[(int)(position & (header.Capacity - 1))];
            if (slot.Sequence == (ulong)position + 1)
            {
                records.Add(slot);
            }
        }

        return records;
    }

    private static string? ProblemOf(in FlightRingHeader header, int bytesOfSlots) => header switch
    {
        { Signature: not FlightRingHeader.ExpectedSignature } =>
            $"signature 0x{header.Signature:x8} given, expected 0x{FlightRingHeader.ExpectedSignature:x8}: not a ring of the flight recorder",
        { Version: not FlightRingHeader.CurrentVersion } =>
            $"version {header.Version} of the flight recorder given, expected {FlightRingHeader.CurrentVersion}",
        { RecordBytes: not FlightRecord.ByteCount } =>
            $"records of {header.RecordBytes} bytes given, expected {FlightRecord.ByteCount}",
        { Capacity: var capacity } when capacity <= 0 || !int.IsPow2(capacity) || capacity > bytesOfSlots / FlightRecord.ByteCount =>
            $"{capacity} slots given, expected a power of two that fits {bytesOfSlots} bytes",
        { Claimed: < 0 } => $"{header.Claimed} claimed positions given, expected at least 0",
        _ => null,
    };
}
