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

    private const int MaxFrameBytes = 128;
    private const int BufferBytes = XdpHelpers.Headroom + MaxPacketBytes;
    private const byte HopLimit = 64;

    private byte* _block;

    /// <summary>Allocates the buffer; false if pool refuses.</summary>
    public bool Initialize(Pool pool)
    {
        _block = pool.Allocate(MaxFrameBytes + BufferBytes, NetPoolTags.Extension);
        return _block != null;
    }

    /// <summary>Frees the buffer.</summary>
    public void Dispose(Pool pool)
    {
        if (_block != null)
        {
            pool.Free(_block, NetPoolTags.Extension);
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
        int network = @event.IsV6 ? Ipv6Header.ByteCount : Ipv4Header.ByteCount;
        int transport = udp ? UdpHeader.ByteCount : TcpHeader.ByteCount;
        int headers = EthernetHeader.ByteCount + network + transport;
        int payload = Math.Min(@event.PayloadLength, MaxPacketBytes - headers);
        PacketFrame* frame = Begin(@event.InterfaceIndex, headers + payload);
        Span<byte> packet = new(frame->Context.Data, headers + payload);
        packet.Clear();
        WriteEthernet(packet, @event.IsV6, @event.InterfaceIndex);
        if (@event.IsV6)
        {
            WriteV6(packet[EthernetHeader.ByteCount..], @event, transport + payload);
        }
        else
        {
            WriteV4(packet[EthernetHeader.ByteCount..], @event, Ipv4Header.ByteCount + transport + payload);
        }

        WriteTransport(packet[(EthernetHeader.ByteCount + network)..], @event, udp, transport + payload);
        return frame;
    }

    private static void WriteEthernet(Span<byte> header, bool v6, uint interfaceIndex)
    {
        WriteAddress(header[EthernetHeader.Destination..], interfaceIndex, host: 1);
        WriteAddress(header[EthernetHeader.Source..], interfaceIndex, host: 2);
        BinaryPrimitives.WriteUInt16BigEndian(
            header[EthernetHeader.EtherType..], v6 ? EthernetHeader.TypeIpv6 : EthernetHeader.TypeIpv4);
    }

    /// <summary>An Ethernet address in the network of an interface: host 1 is this machine, host 2 the sender.</summary>
    private static void WriteAddress(Span<byte> address, uint interfaceIndex, byte host)
    {
        address[0] = EthernetHeader.LocallyAdministered;
        BinaryPrimitives.WriteUInt32BigEndian(address[1..], interfaceIndex);
        address[5] = host;
    }

    private static void WriteV4(Span<byte> header, in NetworkEvent @event, int total)
    {
        header[Ipv4Header.VersionAndLength] = Ipv4Header.Version4;
        BinaryPrimitives.WriteUInt16BigEndian(header[Ipv4Header.TotalLength..], (ushort)total);
        header[Ipv4Header.TimeToLive] = HopLimit;
        header[Ipv4Header.Protocol] = @event.Protocol;
        BitConverter.TryWriteBytes(header[Ipv4Header.Source..], @event.RemoteAddress.V4);
        BitConverter.TryWriteBytes(header[Ipv4Header.Destination..], @event.LocalAddress.V4);
    }

    private static void WriteV6(Span<byte> header, in NetworkEvent @event, int payload)
    {
        header[Ipv6Header.Version] = Ipv6Header.Version6;
        BinaryPrimitives.WriteUInt16BigEndian(header[Ipv6Header.PayloadLength..], (ushort)payload);
        header[Ipv6Header.NextHeader] = @event.Protocol;
        header[Ipv6Header.HopLimit] = HopLimit;
        @event.RemoteAddress.WriteTo(header[Ipv6Header.Source..]);
        @event.LocalAddress.WriteTo(header[Ipv6Header.Destination..]);
    }

    private static void WriteTransport(Span<byte> header, in NetworkEvent @event, bool udp, int total)
    {
        BinaryPrimitives.WriteUInt16BigEndian(header[TransportHeader.SourcePort..], @event.RemotePort);
        BinaryPrimitives.WriteUInt16BigEndian(header[TransportHeader.DestinationPort..], @event.LocalPort);
        if (udp)
        {
            BinaryPrimitives.WriteUInt16BigEndian(header[UdpHeader.Length..], (ushort)total);
        }
        else
        {
            header[TcpHeader.DataOffset] = TcpHeader.NoOptions;
        }
    }

    private PacketFrame* Begin(uint interfaceIndex, int length)
    {
        var frame = (PacketFrame*)_block;
        *frame = default;
        frame->Buffer = _block + sizeof(PacketFrame);
        frame->BufferLength = BufferBytes;
        frame->Context.Data = frame->Buffer + XdpHelpers.Headroom;
        frame->Context.DataEnd = frame->Context.Data + length;
        frame->Context.IngressIfindex = interfaceIndex;
        return frame;
    }
}
