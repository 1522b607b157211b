using System.Runtime.InteropServices;
using KernelSim.EbpfCore.Native;
using KernelSim.EbpfCore.Programs;
using KernelSim.NetEbpfExt.Contexts;
using KernelSim.Nt.Images;
using KernelSim.Protocol;

namespace SampleNamespace;

/// <summary>Counts IPv4 packets by protocol, on each processor. The class is a module, its method is a program.</summary>
public static class PacketCounter
{
    /// <summary>The path of the module's file on the machine.</summary>
    public const string FileName = "packetcounter.sys";

    private const int EthernetHeader = 14;
    private const int ProtocolOffset = EthernetHeader + 9;

    /// <summary>The module's maps. A member is the index of its map at run time.</summary>
    public enum Maps
    {
        /// <summary>Packets by IP protocol number, one slot per CPU.</summary>
        [EbpfMap(BpfMapType.PercpuArray, Name = "packets", KeySize = 4, ValueSize = 8, MaxEntries = 256)]
        Packets,
    }

    /// <summary>The module as a file to install on a machine.</summary>
    public static DriverImage Image => NativeModuleImage.Compile(typeof(PacketCounter), FileName);

    /// <summary>Runs for each incoming packet. The section gives the program type (XDP) and the hook.</summary>
    [EbpfProgram("xdp/count", Name = "count_packets")]
    public static uint Count(EbpfProgramContext context)
    {
        ReadOnlySpan<byte> packet = context.Data;
        if (packet.Length > ProtocolOffset && packet[12] == 0x08 && packet[13] == 0x00)
        {
            uint protocol = packet[ProtocolOffset];
            Span<byte> count = context.MapLookupElem(context.Map(Maps.Packets), MemoryMarshal.AsBytes(new ReadOnlySpan<uint>(in protocol)));
            if (!count.IsEmpty)
            {
                // This processor's slot: no other processor writes it.
                MemoryMarshal.AsRef<ulong>(count)++;
            }
        }

        return (uint)XdpAction.Pass;
    }
}
