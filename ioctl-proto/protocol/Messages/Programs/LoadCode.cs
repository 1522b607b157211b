using System.Runtime.InteropServices;
using KernelSim.Protocol.Gate;

namespace KernelSim.Protocol.Messages;

/// <summary>
/// Request of operation 4, <c>ebpf_operation_load_code_request_t</c>: loads a program's code; the tail is machine
/// code or eBPF instructions.
/// </summary>
[UpstreamStruct("ebpf_operation_load_code_request_t", 24, Tail = "code")]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = TailOffset)]
public struct LoadCodeRequest
{
    /// <summary>Offset of <c>code</c> in bytes: also the minimum length of the message.</summary>
    public const int TailOffset = 20;

    /// <summary>The common header: length of the message in bytes, and operation.</summary>
    [FieldOffset(0)]
    public OperationHeader Header;

    /// <summary>Handle of the program.</summary>
    [FieldOffset(8)]
    public NtHandle ProgramHandle;

    /// <summary>Whether the code is machine code or instructions.</summary>
    [FieldOffset(16)]
    public EbpfCodeType CodeType;
}
