using System.Runtime.InteropServices;
using KernelSim.EbpfCore.Native;
using KernelSim.EbpfCore.Programs;
using KernelSim.NetEbpfExt.Contexts;
using KernelSim.Protocol;

namespace KernelSim.Samples.Programs;

/// <summary><c>tail_call_chain.sys</c>: a program that tail-calls a second, and that a third, which drops the packet.</summary>
public static class TailCallChain
{
    /// <summary>The module's maps.</summary>
    public enum Maps
    {
        /// <summary>The programs to tail-call, stored from the start.</summary>
        [EbpfMap(BpfMapType.ProgArray, Name = "steps_map", KeySize = 4, ValueSize = 4, MaxEntries = 4, Values = ["", nameof(Second), nameof(Third)])]
        Steps,

        /// <summary>Keys 0 to 2: number of runs of each program.</summary>
        [EbpfMap(BpfMapType.PercpuArray, Name = "runs_map", KeySize = 4, ValueSize = 8, MaxEntries = 3)]
        Runs,
    }

    /// <summary>The attached program.</summary>
    [EbpfProgram("xdp/first", Name = "first")]
    public static uint First(EbpfProgramContext context) => Step(context, 0);

    /// <summary>The program in slot 1.</summary>
    [EbpfProgram("xdp/second", Name = "second")]
    public static uint Second(EbpfProgramContext context) => Step(context, 1);

    /// <summary>The program in slot 2; slot 3 is empty, so it continues after the call.</summary>
    [EbpfProgram("xdp/third", Name = "third")]
    public static uint Third(EbpfProgramContext context) => Step(context, 2);

    private static uint Step(EbpfProgramContext context, uint number)
    {
        Span<byte> runs = context.MapLookupElem(context.Map(Maps.Runs), MemoryMarshal.AsBytes(new ReadOnlySpan<uint>(in number)));
        if (!runs.IsEmpty)
        {
            MemoryMarshal.AsRef<ulong>(runs)++;
        }

        // 0: the other program's result counts. Any other value: there is no such program.
        return context.TailCall(context.Map(Maps.Steps), number + 1) == 0 ? 0 : (uint)XdpAction.Drop;
    }
}
