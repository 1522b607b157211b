using System.Runtime.InteropServices;
using KernelSim.EbpfCore.Maps;
using KernelSim.EbpfCore.Native;
using KernelSim.EbpfCore.Programs;
using KernelSim.NetEbpfExt.Contexts;
using KernelSim.Protocol;

namespace KernelSim.Samples.Programs;

/// <summary>
/// <c>port_tables.sys</c>: counts packets by port, in a separate table for each interface. Tables are maps in a map of maps: user mode can
/// replace one while packets arrive.
/// </summary>
public static class PortTables
{
    private const int UdpOrTcpPorts = 14 + 20;

    /// <summary>The module's maps.</summary>
    public enum Maps
    {
        /// <summary>The table of each interface. Interface 1 has one from the start.</summary>
        [EbpfMap(
            BpfMapType.ArrayOfMaps, Name = "tables_map", KeySize = 4, ValueSize = 4, MaxEntries = 16, Inner = nameof(Table),
            Values = ["", nameof(Table)])]
        Tables,

        /// <summary>Number of packets by destination port in network byte order (2 bytes). Also the template of other tables.</summary>
        [EbpfMap(BpfMapType.PercpuHash, Name = "table_map", KeySize = 2, ValueSize = 8, MaxEntries = 256)]
        Table,
    }

    /// <summary>Counts each packet, and lets it pass.</summary>
    [EbpfProgram("xdp/ports", Name = "port_tables")]
    public static uint Run(EbpfProgramContext context)
    {
        uint ingress = context.ContextAs<XdpMd>().IngressIfindex;
        EbpfMap? table = context.MapLookupInnerMap(context.Map(Maps.Tables), MemoryMarshal.AsBytes(new ReadOnlySpan<uint>(in ingress)));
        ReadOnlySpan<byte> packet = context.Data;
        if (table is not null && packet.Length >= UdpOrTcpPorts + 4)
        {
            Count(context, table, packet.Slice(UdpOrTcpPorts + 2, 2));
        }

        return (uint)XdpAction.Pass;
    }

    private static void Count(EbpfProgramContext context, EbpfMap table, ReadOnlySpan<byte> port)
    {
        Span<byte> count = context.MapLookupElem(table, port);
        if (count.IsEmpty)
        {
            // As in CountConnect4: the second processor must not replace what the first has inserted.
            ulong zero = 0;
            context.MapUpdateElem(table, port, MemoryMarshal.AsBytes(new ReadOnlySpan<ulong>(in zero)), (ulong)EbpfMapOption.NoExist);
            count = context.MapLookupElem(table, port);
        }

        if (!count.IsEmpty)
        {
            MemoryMarshal.AsRef<ulong>(count)++;
        }
    }
}
