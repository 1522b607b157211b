using System.Buffers.Binary;
using KernelSim.NetEbpfExt.Events;
using KernelSim.Nt.Mm;

namespace KernelSim.NetEbpfExt.Xdp;

/// <summary>
/// The packet that a processor is handling: one frame and its buffer in pool. Accessed only on its processor at DISPATCH_LEVEL.
/// </summary>
internal sealed unsafe class PacketBuffer
{
    /// <summary>Longest packet, headers included: an Ethernet jumbo frame.</summary>
    public const int MaxPacketBytes = 9216;

    private const int EthernetBytes = 14;
    private const int V4HeaderBytes = 20;
    private const int V6HeaderBytes = 40;
    private const int TcpHeaderBytes = 20;
    private const int UdpHeaderBytes = 8;
    private const int BlockBytes = 128 + XdpHelpers.Headroom + MaxPacketBytes;

    private byte* _block;

    /// <summary>Allocates the buffer; false if pool refuses.</summary>
    public bool Initialize(Pool pool)
    {
        _block = pool.Allocate(BlockBytes, PoolTags.Extension);
        return _block != null;
    }

    /// <summary>Frees the buffer.</summary>
    public void Dispose(Pool pool)
    {
        if (_block != null)
        {
            pool.Free(_block, PoolTags.Extension);
            _block = null;
        }
    }

    /// <summary>Copies a packet into the buffer, truncated at <see cref="MaxPacketBytes"/>.</summary>
    public PacketFrame* Load(uint interfaceIndex, ReadOnlySpan<byte> packet)
    {
        int length = Math.Min(packet.Length, MaxPacketBytes);
        PacketFrame* frame = Begin(interfaceIndex, length);
        packet[..length].CopyTo(new Span<byte>(frame->Context.Data, length));
        return frame;
    }

    /// <summary>
    /// Builds the packet of an event: Ethernet, IPv4 or IPv6, TCP or UDP, from the event's remote side to its local one, with a payload of zeros.
    /// Checksums are left zero, as with checksum offload.
    /// </summary>
    public PacketFrame* Build(in NetworkEvent @event)
    {
        bool udp = @event.Protocol == NetworkEvent.Udp;
        int network = @event.IsV6 ? V6HeaderBytes : V4HeaderBytes;
        int transport = udp ? UdpHeaderBytes : TcpHeaderBytes;
        int headers = EthernetBytes + network + transport;
        int payload = Math.Min(@event.PayloadLength, MaxPacketBytes - headers);
        PacketFrame* frame = Begin(@event.InterfaceIndex, headers + payload);
        Span<byte> packet = new(frame->Context.Data, headers + payload);
        packet.Clear();
        WriteEthernet(packet, @event.IsV6, @event.InterfaceIndex);
        if (@event.IsV6)
        {
            WriteV6(packet[EthernetBytes..], @event, transport + payload);
        }
        else
        {
            WriteV4(packet[EthernetBytes..], @event, V4HeaderBytes + transport + payload);
        }

        WriteTransport(packet[(EthernetBytes + network)..], @event, udp, transport + payload);
        return frame;
    }

    private static void WriteEthernet(Span<byte> header, bool v6, uint interfaceIndex)
    {
        // Locally administered addresses: ..:01 is this machine's interface, ..:02 the sender.
        header[0] = header[6] = 0x02;
        BinaryPrimitives.WriteUInt32BigEndian(header[1..], interfaceIndex);
        BinaryPrimitives.WriteUInt32BigEndian(header[7..], interfaceIndex);
        header[5] = 1;
        header[11] = 2;
        BinaryPrimitives.WriteUInt16BigEndian(header[12..], (ushort)(v6 ? 0x86DD : 0x0800));
    }

    private static void WriteV4(Span<byte> header, in NetworkEvent @event, int total)
    {
        header[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(header[2..], (ushort)total);
        header[8] = 64;
        header[9] = @event.Protocol;
        BitConverter.TryWriteBytes(header[12..], @event.RemoteAddress.V4);
        BitConverter.TryWriteBytes(header[16..], @event.LocalAddress.V4);
    }

    private static void WriteV6(Span<byte> header, in NetworkEvent @event, int payload)
    {
        header[0] = 0x60;
        BinaryPrimitives.WriteUInt16BigEndian(header[4..], (ushort)payload);
        header[6] = @event.Protocol;
        header[7] = 64;
        @event.RemoteAddress.WriteTo(header[8..]);
        @event.LocalAddress.WriteTo(header[24..]);
    }

    private static void WriteTransport(Span<byte> header, in NetworkEvent @event, bool udp, int total)
    {
        BinaryPrimitives.WriteUInt16BigEndian(header, @event.RemotePort);
        BinaryPrimitives.WriteUInt16BigEndian(header[2..], @event.LocalPort);
        if (udp)
        {
            BinaryPrimitives.WriteUInt16BigEndian(header[4..], (ushort)total);
        }
        else
        {
            header[12] = (TcpHeaderBytes / sizeof(uint)) << 4;
        }
    }

    private PacketFrame* Begin(uint interfaceIndex, int length)
    {
        var frame = (PacketFrame*)_block;
        *frame = default;
        frame->Buffer = _block + sizeof(PacketFrame);
        frame->BufferLength = XdpHelpers.Headroom + MaxPacketBytes;
        frame->Context.Data = frame->Buffer + XdpHelpers.Headroom;
        frame->Context.DataEnd = frame->Context.Data + length;
        frame->Context.IngressIfindex = interfaceIndex;
        return frame;
    }
}
