using KernelSim.EbpfCore.Extensions;

namespace KernelSim.EbpfCore.Programs.Helpers;

/// <summary>The helpers for random numbers and the processor.</summary>
internal static class MachineHelpers
{
    /// <summary><c>bpf_get_prandom_u32</c>: the machine's next 32 random bits.</summary>
    public static ulong GetPrandomU32(in HelperCall call, ulong r1, ulong r2, ulong r3, ulong r4, ulong r5) =>
        call.Thread.Machine.Random.NextUInt32();

    /// <summary><c>bpf_get_smp_processor_id</c>: the processor that the program runs on.</summary>
    public static ulong GetSmpProcessorId(in HelperCall call, ulong r1, ulong r2, ulong r3, ulong r4, ulong r5) =>
        (ulong)call.Thread.ProcessorNumber;
}
