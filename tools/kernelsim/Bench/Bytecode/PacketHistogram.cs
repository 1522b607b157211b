using System.Numerics;
using System.Runtime.InteropServices;
using KernelSim.EbpfCore.Native;
using KernelSim.EbpfCore.Programs;
using KernelSim.NetEbpfExt.Contexts;
using KernelSim.Protocol;

namespace KernelSim.Tool.Bench.Bytecode;

/// <summary><c>samples/c/packet_histogram.c</c> in C#: bucket n counts packets of 2^n bytes and more, on each processor.</summary>
public static unsafe class PacketHistogram
{
    private const uint Buckets = 17;

    /// <summary>The module's maps.</summary>
    public enum Maps
    {
        /// <summary>Packets by bucket.</summary>
        [EbpfMap(BpfMapType.PercpuArray, Name = "sizes", KeySize = sizeof(uint), ValueSize = sizeof(ulong), MaxEntries = Buckets)]
        Sizes,
    }

    /// <summary>Runs for each incoming packet.</summary>
    [EbpfProgram("xdp/sizes", Name = "count_sizes")]
    public static uint Run(EbpfProgramContext context)
    {
        uint bucket = Math.Min((uint)BitOperations.Log2((uint)context.Data.Length), Buckets - 1);
        Span<byte> count = context.MapLookupElem(context.Map(Maps.Sizes), MemoryMarshal.AsBytes(new ReadOnlySpan<uint>(in bucket)));
        if (!count.IsEmpty)
        {
            MemoryMarshal.AsRef<ulong>(count)++;
        }

        return (uint)XdpAction.Pass;
    }
}
