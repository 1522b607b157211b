using System.Runtime.InteropServices;
using KernelSim.EbpfCore.Extensions;

namespace KernelSim.Samples.SampleExt;

/// <summary>What a program of the sample type sees: <c>sample_program_context_t</c>, 32 bytes.</summary>
[StructLayout(LayoutKind.Explicit, Size = ByteCount)]
public unsafe struct SampleProgramContext
{
    /// <summary>Its size.</summary>
    public const int ByteCount = 32;

    /// <summary>The data's first byte.</summary>
    [FieldOffset(0)]
    public byte* DataStart;

    /// <summary>One past the data's last byte.</summary>
    [FieldOffset(8)]
    public byte* DataEnd;

    /// <summary>A number for programs to play with.</summary>
    [FieldOffset(16)]
    public uint Uint32Data;

    /// <summary>A shorter one.</summary>
    [FieldOffset(20)]
    public ushort Uint16Data;

    /// <summary>What <c>sample_ebpf_extension_helper_implicit_1</c> answers.</summary>
    [FieldOffset(24)]
    public uint HelperData1;

    /// <summary>What <c>sample_ebpf_extension_helper_implicit_2</c> adds its argument to.</summary>
    [FieldOffset(28)]
    public uint HelperData2;

    /// <summary>A context with the header that the driver wants before it: <c>sample_program_context_header_t</c>.</summary>
    [StructLayout(LayoutKind.Explicit, Size = ProgramContextHeader.ByteCount + ByteCount)]
    internal struct Frame
    {
        [FieldOffset(ProgramContextHeader.ByteCount)]
        public SampleProgramContext Context;
    }
}
