using System.Runtime.InteropServices;
using KernelSim.Protocol.Gate;

namespace KernelSim.Protocol.Messages;

/// <summary>
/// Request of operation 2, <c>ebpf_operation_create_program_request_t</c>: creates a program without code; the tail
/// is file, section and program name, back to back.
/// </summary>
[UpstreamStruct("ebpf_operation_create_program_request_t", 32, Tail = "data")]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = TailOffset)]
public struct CreateProgramRequest
{
    /// <summary>Offset of <c>data</c> in bytes: also the minimum length of the message.</summary>
    public const int TailOffset = 28;

    /// <summary>The common header: length of the message in bytes, and operation.</summary>
    [FieldOffset(0)]
    public OperationHeader Header;

    /// <summary>GUID of the program type.</summary>
    [FieldOffset(8)]
    public Guid ProgramType;

    /// <summary>Offset of the section name from the start of the message, in bytes.</summary>
    [FieldOffset(24)]
    public ushort SectionNameOffset;

    /// <summary>Offset of the program name from the start of the message, in bytes.</summary>
    [FieldOffset(26)]
    public ushort ProgramNameOffset;
}

/// <summary>
/// Reply of operation 2, <c>ebpf_operation_create_program_reply_t</c>: the new program.
/// </summary>
[UpstreamStruct("ebpf_operation_create_program_reply_t", 16)]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = 16)]
public struct CreateProgramReply
{
    /// <summary>The common header: length of the message in bytes, and operation.</summary>
    [FieldOffset(0)]
    public OperationHeader Header;

    /// <summary>The new handle.</summary>
    [FieldOffset(8)]
    public NtHandle ProgramHandle;
}
