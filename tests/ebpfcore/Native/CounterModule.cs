using System.Runtime.InteropServices;
using KernelSim.EbpfCore.Native;
using KernelSim.EbpfCore.Programs;
using KernelSim.Protocol;

namespace KernelSim.EbpfCore.Tests.Native;

/// <summary>A module with one of everything: a map of each kind that modules fill, two programs, one that goes on to the other.</summary>
internal static class CounterModule
{
    internal enum Maps
    {
        [EbpfMap(BpfMapType.PercpuArray, Name = "counts", KeySize = 4, ValueSize = 8, MaxEntries = 2)]
        Counts,

        [EbpfMap(BpfMapType.ProgArray, KeySize = 4, ValueSize = 4, MaxEntries = 2, Values = ["", nameof(CountMore)])]
        Next,

        [EbpfMap(BpfMapType.ArrayOfMaps, KeySize = 4, ValueSize = 4, MaxEntries = 2, Inner = nameof(Row), Values = [nameof(Row)])]
        Table,

        [EbpfMap(BpfMapType.Hash, KeySize = 4, ValueSize = 8, MaxEntries = 4)]
        Row,

        [EbpfMap(BpfMapType.Array, Name = "shared", KeySize = 4, ValueSize = 8, MaxEntries = 1, Pinning = EbpfPinType.ByName)]
        Shared,
    }

    [EbpfProgram("sample_ext/count")]
    internal static uint Count(EbpfProgramContext context)
    {
        Add(context, 0);
        context.TailCall(context.Map(Maps.Next), 1);
        return 1;
    }

    [EbpfProgram("sample_ext/more", Name = "count_more")]
    internal static uint CountMore(EbpfProgramContext context)
    {
        Add(context, 1);
        return (uint)context.Processor;
    }

    private static void Add(EbpfProgramContext context, uint key)
    {
        Span<byte> bytes = context.MapLookupElem(context.Map(Maps.Counts), MemoryMarshal.AsBytes(new ReadOnlySpan<uint>(in key)));
        MemoryMarshal.AsRef<ulong>(bytes)++;
    }
}
