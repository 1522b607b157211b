using KernelSim.EbpfCore.Extensions;
using KernelSim.EbpfCore.Native;
using KernelSim.EbpfCore.Programs;

namespace KernelSim.Samples.SampleExt.Demo;

/// <summary><c>find.sys</c>: a program of the sample type. It calls a helper that only this type has.</summary>
public static unsafe class FindProgram
{
    /// <summary>What the program searches for: it stands behind the text.</summary>
    public const string Word = "rain";

    /// <summary><c>sample_ebpf_extension_find</c>: the second of the type's own helpers.</summary>
    private const uint Find = HelperPrototype.FirstTypeSpecificId + 2;

    /// <summary>Returns the offset of the word in the text, or -1, and leaves the processor's number in its context.</summary>
    [EbpfProgram("sample_ext/find", Name = "find", Helpers = [Find])]
    public static uint Run(EbpfProgramContext context)
    {
        ref SampleProgramContext sample = ref context.ContextAs<SampleProgramContext>();
        sample.HelperData1 = (uint)context.Processor;
        uint length = sample.Uint32Data;
        fixed (byte* data = context.Data)
        {
            return (uint)context.Call.Invoke(Find, (ulong)data, length, (ulong)(data + length), (ulong)context.Data.Length - length);
        }
    }
}
