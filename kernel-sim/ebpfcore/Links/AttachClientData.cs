using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Extensions;

/// <summary>
/// The data that a link passes to the hook's provider, <c>ebpf_extension_data_t</c>: the characteristics of the hook client that the
/// provider sees when it decides.
/// </summary>
/// <param name="Data">The attach data, as user mode sent it; empty if it sent none. It does not change.</param>
/// <param name="ProgAttachFlags">The program's flags when the link was created: operation <c>program_set_flags</c>.</param>
public sealed record AttachClientData(ReadOnlyMemory<byte> Data, ulong ProgAttachFlags)
{
    /// <summary>Version and size of the structure.</summary>
    public ExtensionHeader Header { get; init; } = ExtensionHeaders.AttachClientData;
}
