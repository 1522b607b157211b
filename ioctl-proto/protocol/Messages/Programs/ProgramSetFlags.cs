using System.Runtime.InteropServices;
using KernelSim.Protocol.Gate;

namespace KernelSim.Protocol.Messages;

/// <summary>
/// Request of operation 37, <c>ebpf_operation_program_set_flags_request_t</c>: sets a program's flags before it is
/// attached.
/// </summary>
[UpstreamStruct("ebpf_operation_program_set_flags_request_t", 24)]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = 24)]
public struct ProgramSetFlagsRequest
{
    /// <summary>The common header: length of the message in bytes, and operation.</summary>
    [FieldOffset(0)]
    public OperationHeader Header;

    /// <summary>Handle of the program.</summary>
    [FieldOffset(8)]
    public NtHandle ProgramHandle;

    /// <summary>The program's new flags.</summary>
    [FieldOffset(16)]
    public ulong Flags;
}
