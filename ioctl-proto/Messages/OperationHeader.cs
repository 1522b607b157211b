using System.Runtime.InteropServices;

namespace KernelSim.Protocol.Messages;

/// <summary>What every request and every reply starts with: <c>ebpf_operation_header_t</c>, 8 bytes.</summary>
[UpstreamStruct("ebpf_operation_header_t", 8)]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = ByteCount)]
public struct OperationHeader
{
    /// <summary>Bytes in a header.</summary>
    public const int ByteCount = 8;

    /// <summary>
    /// Bytes in the message, this header included. It may be less than the buffer that carries it; what follows is then ignored.
    /// </summary>
    [FieldOffset(0)]
    public ushort Length;

    /// <summary>The operation. The two bytes before it are padding and are ignored.</summary>
    [FieldOffset(4)]
    public EbpfOperationId Id;
}
