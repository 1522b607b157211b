using System.Runtime.InteropServices;
using KernelSim.Protocol.Gate;

namespace KernelSim.Protocol.Messages;

/// <summary>
/// Request of operation 17, <c>ebpf_operation_get_program_info_request_t</c>: asks for the description of a program type and its
/// helpers.
/// </summary>
[UpstreamStruct("ebpf_operation_get_program_info_request_t", 32)]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = 32)]
public struct GetProgramInfoRequest
{
    /// <summary>The common header: length of the message in bytes, and operation.</summary>
    [FieldOffset(0)]
    public OperationHeader Header;

    /// <summary>GUID of the program type.</summary>
    [FieldOffset(8)]
    public Guid ProgramType;

    /// <summary>Handle of a program, or -1 to ask by type.</summary>
    [FieldOffset(24)]
    public NtHandle ProgramHandle;
}

/// <summary>
/// Reply of operation 17, <c>ebpf_operation_get_program_info_reply_t</c>: the tail is a <see
/// cref="SerializedProgramTypeDescriptor"/> and helpers.
/// </summary>
[UpstreamStruct("ebpf_operation_get_program_info_reply_t", 32, Tail = "data")]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = TailOffset)]
public struct GetProgramInfoReply
{
    /// <summary>Offset of <c>data</c> in bytes: also the minimum length of the message.</summary>
    public const int TailOffset = 24;

    /// <summary>The common header: length of the message in bytes, and operation.</summary>
    [FieldOffset(0)]
    public OperationHeader Header;

    /// <summary>Version of the structures in the tail.</summary>
    [FieldOffset(8)]
    public ushort Version;

    /// <summary>Bytes in the tail.</summary>
    [FieldOffset(16)]
    public ulong Size;
}
