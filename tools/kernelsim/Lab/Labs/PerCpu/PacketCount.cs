using System.Buffers.Binary;

namespace KernelSim.Tool.Lab.Labs.PerCpu;

/// <summary>What a counter of packets holds: three numbers of 32 bits, one after the other.</summary>
/// <param name="Packets">Packets.</param>
/// <param name="Bytes">Bytes of all of them.</param>
/// <param name="Runts">Packets that are shorter than a frame of Ethernet may be.</param>
internal sealed record PacketCount(long Packets, long Bytes, long Runts)
{
    /// <summary>Bytes of the map's value, of one CPU's in a per-CPU map.</summary>
    public const int ValueSize = 3 * sizeof(uint);

    /// <summary>A packet with fewer bytes is a runt.</summary>
    public const int LeastFrame = 64;

    /// <summary>Nothing.</summary>
    public static PacketCount None { get; } = new(0, 0, 0);

    /// <summary>The sum of two.</summary>
    public static PacketCount operator +(PacketCount a, PacketCount b) => new(a.Packets + b.Packets, a.Bytes + b.Bytes, a.Runts + b.Runts);

    /// <summary>What the same packets count when they come so many times.</summary>
    public static PacketCount operator *(PacketCount a, int times) => new(a.Packets * times, a.Bytes * times, a.Runts * times);

    /// <summary>One packet of a length.</summary>
    public static PacketCount Of(int length) => new(1, length, length < LeastFrame ? 1 : 0);

    /// <summary>The numbers in a value.</summary>
    public static PacketCount Read(ReadOnlySpan<byte> value) => new(
        BinaryPrimitives.ReadUInt32LittleEndian(value),
        BinaryPrimitives.ReadUInt32LittleEndian(value[sizeof(uint)..]),
        BinaryPrimitives.ReadUInt32LittleEndian(value[(2 * sizeof(uint))..]));

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"packets {Packets}, bytes {Bytes}, runts {Runts}");
}
