using System.Runtime.InteropServices;
using KernelSim.EbpfCore.Native;
using KernelSim.EbpfCore.Programs;
using KernelSim.NetEbpfExt.Contexts;
using KernelSim.Protocol;

namespace KernelSim.Samples.Programs;

/// <summary>
/// <c>cgroup_count_connect4.sys</c>: counts IPv4 connections by destination port, on each processor. A batch read of its map
/// shows the per-CPU layout: one count per port and CPU.
/// </summary>
public static class CountConnect4
{
    /// <summary>The module's maps.</summary>
    public enum Maps
    {
        /// <summary>Number of connections by port in network byte order (2 bytes).</summary>
        [EbpfMap(BpfMapType.PercpuHash, Name = "connect_count_map", KeySize = 2, ValueSize = 8, MaxEntries = 1024)]
        Connections,
    }

    /// <summary>Runs for each connection attempt.</summary>
    [EbpfProgram("cgroup/connect4", Name = "count_connect4")]
    public static uint Run(EbpfProgramContext context)
    {
        ushort port = context.ContextAs<BpfSockAddr>().UserPort;
        ReadOnlySpan<byte> key = MemoryMarshal.AsBytes(new ReadOnlySpan<ushort>(in port));
        Span<byte> count = context.MapLookupElem(context.Map(Maps.Connections), key);
        if (count.IsEmpty)
        {
            // Another processor may do the same now: the second must not replace what the first has inserted.
            ulong zero = 0;
            context.MapUpdateElem(
                context.Map(Maps.Connections), key, MemoryMarshal.AsBytes(new ReadOnlySpan<ulong>(in zero)), (ulong)EbpfMapOption.NoExist);
            count = context.MapLookupElem(context.Map(Maps.Connections), key);
        }

        if (!count.IsEmpty)
        {
            MemoryMarshal.AsRef<ulong>(count)++;
        }

        return (uint)SockAddrVerdict.ProceedSoft;
    }
}
