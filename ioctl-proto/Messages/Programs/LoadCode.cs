using System.Runtime.InteropServices;
using KernelSim.Protocol.Gate;

namespace KernelSim.Protocol.Messages;

/// <summary>
/// Request of operation 4, <c>ebpf_operation_load_code_request_t</c>: gives a program its code; the tail is machine
/// code or eBPF instructions.
/// </summary>
[UpstreamStruct("ebpf_operation_load_code_request_t", 24, Tail = "code")]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = TailOffset)]
public struct LoadCodeRequest
{
    /// <summary>Where <c>code</c> starts: also the smallest size of the message.</summary>
    public const int TailOffset = 20;

    /// <summary>Length and operation.</summary>
    [FieldOffset(0)]
    public OperationHeader Header;

    /// <summary>The program.</summary>
    [FieldOffset(8)]
    public NtHandle ProgramHandle;

    /// <summary>What kind of code.</summary>
    [FieldOffset(16)]
    public EbpfCodeType CodeType;
}
