using System.Runtime.InteropServices;
using KernelSim.EbpfCore.Native;
using KernelSim.EbpfCore.Programs;
using KernelSim.NetEbpfExt.Contexts;
using KernelSim.Protocol;

namespace KernelSim.Samples.Programs;

/// <summary><c>droppacket.sys</c>: drops UDP packets without a payload, and counts them on each processor.</summary>
public static class DropPacket
{
    private const int EthernetHeader = 14;
    private const int UdpHeader = 8;
    private const byte Udp = 17;

    /// <summary>The module's maps.</summary>
    public enum Maps
    {
        /// <summary>Key 0: packets dropped.</summary>
        [EbpfMap(BpfMapType.PercpuArray, Name = "dropped_packet_map", KeySize = 4, ValueSize = 8, MaxEntries = 1)]
        Dropped,
    }

    /// <summary>Runs for each incoming packet.</summary>
    [EbpfProgram("xdp/drop", Name = "DropPacket")]
    public static uint Run(EbpfProgramContext context)
    {
        if (!IsEmptyUdp(context.Data))
        {
            return (uint)XdpAction.Pass;
        }

        uint key = 0;
        Span<byte> count = context.MapLookupElem(context.Map(Maps.Dropped), MemoryMarshal.AsBytes(new ReadOnlySpan<uint>(in key)));
        if (!count.IsEmpty)
        {
            // This processor's slot: no other processor writes it.
            MemoryMarshal.AsRef<ulong>(count)++;
        }

        return (uint)XdpAction.Drop;
    }

    /// <summary>Whether the packet is IPv4 with UDP whose length is that of its header.</summary>
    private static bool IsEmptyUdp(ReadOnlySpan<byte> packet)
    {
        if (packet.Length < EthernetHeader + 20 || packet[12] != 0x08 || packet[13] != 0x00 || packet[EthernetHeader + 9] != Udp)
        {
            return false;
        }

        int udp = EthernetHeader + ((packet[EthernetHeader] & 0x0F) * 4);
        return packet.Length >= udp + UdpHeader && ((packet[udp + 4] << 8) | packet[udp + 5]) == UdpHeader;
    }
}
