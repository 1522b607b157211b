using System.Runtime.CompilerServices;

namespace KernelSim.EbpfCore.Extensions;

/// <summary>
/// The 64 bytes that every program context has right before it, <c>EBPF_CONTEXT_HEADER</c>: the driver's own notes about the invocation.
/// A provider puts them there, zeroed, and leaves them alone.
/// </summary>
[InlineArray(Slots)]
public struct ProgramContextHeader
{
    /// <summary>Its size: <c>EBPF_CONTEXT_HEADER_SIZE</c>.</summary>
    public const int ByteCount = Slots * sizeof(ulong);

    private const int Slots = 8;

    private ulong _slot;
}
