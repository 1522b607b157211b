using System.Buffers.Binary;

namespace KernelSim.Tool.Tour.Acting;

/// <summary>A packet as it arrives: Ethernet, IPv4 and TCP, with a payload of zeros. One that is to be dropped is on its last hop.</summary>
internal static class PacketBytes
{
    /// <summary>The longest packet.</summary>
    public const int Longest = 1514;

    private const int Network = 14;
    private const int Transport = Network + 20;
    private const byte Hops = 64;
    private const byte LastHop = 1;
    private const byte Tcp = 6;

    /// <summary>Writes a packet.</summary>
    /// <param name="packet">The packet, of at least 54 bytes.</param>
    /// <param name="buffer">Room for it.</param>
    /// <returns>The bytes of the packet.</returns>
    public static ReadOnlySpan<byte> Write(Packet packet, Span<byte> buffer)
    {
        Span<byte> bytes = buffer[..(int)packet.Length];
        bytes.Clear();
        BinaryPrimitives.WriteUInt16BigEndian(bytes[12..], 0x0800);
        bytes[Network] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(bytes[(Network + 2)..], (ushort)(packet.Length - Network));
        bytes[Network + 8] = packet.Dropped ? LastHop : Hops;
        bytes[Network + 9] = Tcp;
        BinaryPrimitives.WriteUInt16BigEndian(bytes[(Transport + 2)..], (ushort)packet.Port);
        bytes[Transport + 12] = 5 << 4;
        return bytes;
    }
}
