using System.Runtime.InteropServices;
using KernelSim.EbpfCore.Extensions;

namespace KernelSim.Samples.SampleExt;

/// <summary>The context of a program of the sample type: <c>sample_program_context_t</c>, 32 bytes.</summary>
[StructLayout(LayoutKind.Explicit, Size = ByteCount)]
public unsafe struct SampleProgramContext
{
    /// <summary>Size of the structure in bytes.</summary>
    public const int ByteCount = 32;

    /// <summary>The data's first byte.</summary>
    [FieldOffset(0)]
    public byte* DataStart;

    /// <summary>One past the data's last byte.</summary>
    [FieldOffset(8)]
    public byte* DataEnd;

    /// <summary>A 32-bit number for programs to use.</summary>
    [FieldOffset(16)]
    public uint Uint32Data;

    /// <summary>A 16-bit number for programs to use.</summary>
    [FieldOffset(20)]
    public ushort Uint16Data;

    /// <summary>The result of <c>sample_ebpf_extension_helper_implicit_1</c>.</summary>
    [FieldOffset(24)]
    public uint HelperData1;

    /// <summary>The number to which <c>sample_ebpf_extension_helper_implicit_2</c> adds its argument.</summary>
    [FieldOffset(28)]
    public uint HelperData2;

    /// <summary>A context with the header that the driver requires before it: <c>sample_program_context_header_t</c>.</summary>
    [StructLayout(LayoutKind.Explicit, Size = ProgramContextHeader.ByteCount + ByteCount)]
    internal struct Frame
    {
        [FieldOffset(ProgramContextHeader.ByteCount)]
        public SampleProgramContext Context;
    }
}
