using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Extensions;

/// <summary>
/// What a link asks of the place that it attaches to, <c>ebpf_extension_data_t</c>: the characteristics of the hook client that the
/// provider sees when it decides.
/// </summary>
/// <param name="Data">The attach data, as user mode sent it; empty when it sent none. It does not change.</param>
/// <param name="ProgAttachFlags">The program's flags when the link was made: operation <c>program_set_flags</c>.</param>
public sealed record AttachClientData(ReadOnlyMemory<byte> Data, ulong ProgAttachFlags)
{
    /// <summary>Version and size.</summary>
    public ExtensionHeader Header { get; init; } = ExtensionHeaders.AttachClientData;
}
