using System.Runtime.InteropServices;

namespace KernelSim.Protocol.Messages;

/// <summary>The common header of every request and reply: <c>ebpf_operation_header_t</c>, 8 bytes.</summary>
[UpstreamStruct("ebpf_operation_header_t", 8)]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = ByteCount)]
public struct OperationHeader
{
    /// <summary>Size of the header in bytes.</summary>
    public const int ByteCount = 8;

    /// <summary>
    /// Length of the message in bytes, this header included. It may be less than the length of the buffer; the rest is then ignored.
    /// </summary>
    [FieldOffset(0)]
    public ushort Length;

    /// <summary>The operation. The two bytes before it are padding and are ignored.</summary>
    [FieldOffset(4)]
    public EbpfOperationId Id;
}
