using System.Runtime.InteropServices;
using KernelSim.Protocol.Gate;

namespace KernelSim.Protocol.Messages;

/// <summary>
/// A program with its types and names, <c>ebpf_program_information_t</c>. Upstream declares it but does not use it.
/// </summary>
[UpstreamStruct("ebpf_program_information_t", 56, Tail = "data")]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = TailOffset)]
public struct ProgramInformation
{
    /// <summary>Offset of <c>data</c> in bytes.</summary>
    public const int TailOffset = 50;

    /// <summary>Bytes in the whole record.</summary>
    [FieldOffset(0)]
    public ushort Length;

    /// <summary>Handle of the program.</summary>
    [FieldOffset(8)]
    public NtHandle Handle;

    /// <summary>GUID of the program type.</summary>
    [FieldOffset(16)]
    public Guid ProgramType;

    /// <summary>The attach type.</summary>
    [FieldOffset(32)]
    public Guid AttachType;

    /// <summary>Offset of the section name from the start of the record, in bytes.</summary>
    [FieldOffset(48)]
    public ushort SectionNameOffset;
}
