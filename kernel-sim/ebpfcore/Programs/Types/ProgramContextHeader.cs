using System.Runtime.CompilerServices;

namespace KernelSim.EbpfCore.Extensions;

/// <summary>
/// The 64 bytes right before every program context, <c>EBPF_CONTEXT_HEADER</c>: the driver's own data about the invocation.
/// A provider reserves them, zeroed, and does not touch them.
/// </summary>
[InlineArray(Slots)]
public struct ProgramContextHeader
{
    /// <summary>Size of the header in bytes: <c>EBPF_CONTEXT_HEADER_SIZE</c>.</summary>
    public const int ByteCount = Slots * sizeof(ulong);

    private const int Slots = 8;

    private ulong _slot;
}
