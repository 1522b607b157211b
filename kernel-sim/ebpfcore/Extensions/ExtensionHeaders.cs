using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Extensions;

/// <summary>
/// The headers of the structures that extensions pass in this version: <c>EBPF_*_HEADER</c> of <c>ebpf_windows.h</c>.
/// A driver built against another version would have other headers; the sizes are those of the C structures.
/// </summary>
public static class ExtensionHeaders
{
    /// <summary><c>EBPF_ATTACH_PROVIDER_DATA_CURRENT_VERSION</c> and its sizes.</summary>
    public static readonly ExtensionHeader AttachProviderData = Make(48, 48);

    /// <summary><c>EBPF_ATTACH_CLIENT_DATA_CURRENT_VERSION</c> and its sizes.</summary>
    public static readonly ExtensionHeader AttachClientData = Make(48, 48);

    /// <summary><c>EBPF_PROGRAM_TYPE_DESCRIPTOR_HEADER</c>.</summary>
    public static readonly ExtensionHeader ProgramTypeDescriptor = Make(61, 64);

    /// <summary><c>EBPF_HELPER_FUNCTION_PROTOTYPE_HEADER</c>.</summary>
    public static readonly ExtensionHeader HelperPrototype = Make(66, 72);

    /// <summary><c>EBPF_PROGRAM_INFORMATION_HEADER</c>.</summary>
    public static readonly ExtensionHeader ProgramInfo = Make(64, 64);

    /// <summary><c>EBPF_HELPER_FUNCTION_ADDRESSES_HEADER</c>.</summary>
    public static readonly ExtensionHeader HelperAddresses = Make(40, 40);

    /// <summary><c>EBPF_PROGRAM_DATA_HEADER</c>.</summary>
    public static readonly ExtensionHeader ProgramData = Make(72, 72);

    /// <summary><c>EBPF_MAP_PROVIDER_DATA_HEADER</c>.</summary>
    public static readonly ExtensionHeader MapProviderData = Make(48, 48);

    private static ExtensionHeader Make(ulong size, ulong totalSize) => new() { Version = 1, Size = size, TotalSize = totalSize };
}
