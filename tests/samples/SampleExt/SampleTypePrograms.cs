using KernelSim.EbpfCore.Extensions;
using KernelSim.EbpfCore.Native;
using KernelSim.EbpfCore.Programs;
using KernelSim.Samples.SampleExt;

namespace KernelSim.Samples.Tests.SampleExt;

/// <summary>Programs of the sample type, which call its helpers by their numbers and leave what they learn in their context.</summary>
internal static unsafe class SampleTypePrograms
{
    private const uint First = HelperPrototype.FirstTypeSpecificId + 1;
    private const uint Find = First + 1;
    private const uint Replace = First + 2;
    private const uint Implicit1 = First + 3;
    private const uint Implicit2 = First + 4;
    private const uint PidTgid = 19;
    private const uint RedirectMap = 35;

    /// <summary>The data are a buffer, whose length is the context's first number, and what to find in it.</summary>
    [EbpfProgram("sample_ext/find", Name = "find", Helpers = [Find])]
    public static uint FindInBuffer(EbpfProgramContext context)
    {
        uint size = context.ContextAs<SampleProgramContext>().Uint32Data;
        fixed (byte* data = context.Data)
        {
            return (uint)context.Call.Invoke(Find, (ulong)data, size, (ulong)(data + size), (ulong)context.Data.Length - size);
        }
    }

    /// <summary>Likewise; the second number is where to write.</summary>
    [EbpfProgram("sample_ext/replace", Name = "replace", Helpers = [Replace])]
    public static uint ReplaceInBuffer(EbpfProgramContext context)
    {
        ref SampleProgramContext sample = ref context.ContextAs<SampleProgramContext>();
        uint size = sample.Uint32Data;
        fixed (byte* data = context.Data)
        {
            ulong position = (ulong)(short)sample.Uint16Data;
            return (uint)context.Call.Invoke(Replace, (ulong)data, size, position, (ulong)(data + size), (ulong)context.Data.Length - size);
        }
    }

    [EbpfProgram("sample_ext/implicit", Name = "implicit", Helpers = [Implicit1, Implicit2])]
    public static uint Implicit(EbpfProgramContext context)
    {
        context.ContextAs<SampleProgramContext>().Uint32Data = (uint)context.Call.Invoke(Implicit1);
        return (uint)context.Call.Invoke(Implicit2, 5);
    }

    [EbpfProgram("sample_ext/constant", Name = "constant", Helpers = [First, PidTgid, RedirectMap])]
    public static uint Constant(EbpfProgramContext context)
    {
        ref SampleProgramContext sample = ref context.ContextAs<SampleProgramContext>();
        sample.Uint32Data = (uint)context.Call.Invoke(RedirectMap, 0, 1, 2);
        sample.Uint16Data = (ushort)(7 + context.Call.Invoke(First, (ulong)context.Context));
        return (uint)context.CurrentPidTgid;
    }

    /// <summary>Adds one to the first byte of its data, and says on which processor at which level it runs.</summary>
    [EbpfProgram("sample_ext/count", Name = "count")]
    public static uint Count(EbpfProgramContext context)
    {
        if (!context.Data.IsEmpty)
        {
            context.Data[0]++;
        }

        ref SampleProgramContext sample = ref context.ContextAs<SampleProgramContext>();
        (sample.HelperData1, sample.HelperData2) = ((uint)context.Processor, (uint)context.Thread.Irql);
        return sample.Uint32Data;
    }
}
