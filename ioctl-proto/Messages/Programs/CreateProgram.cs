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
    /// <summary>Where <c>data</c> starts: also the smallest size of the message.</summary>
    public const int TailOffset = 28;

    /// <summary>Length and operation.</summary>
    [FieldOffset(0)]
    public OperationHeader Header;

    /// <summary>The program type.</summary>
    [FieldOffset(8)]
    public Guid ProgramType;

    /// <summary>Where the section name starts, in bytes from the start of the message.</summary>
    [FieldOffset(24)]
    public ushort SectionNameOffset;

    /// <summary>Where the program name starts, in bytes from the start of the message.</summary>
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
    /// <summary>Length and operation.</summary>
    [FieldOffset(0)]
    public OperationHeader Header;

    /// <summary>The new handle.</summary>
    [FieldOffset(8)]
    public NtHandle ProgramHandle;
}
