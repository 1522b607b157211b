using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Extensions;

/// <summary>What a verifier needs to know of a program type: <c>ebpf_program_info_t</c>.</summary>
/// <param name="Descriptor">Name, ids and context layout of the type.</param>
public sealed record ProgramInfo(ProgramTypeDescriptor Descriptor)
{
    /// <summary>Version and size.</summary>
    public ExtensionHeader Header { get; init; } = ExtensionHeaders.ProgramInfo;

    /// <summary>The type's own helpers, with ids from 0xFFFF.</summary>
    public IReadOnlyList<HelperPrototype> TypeHelpers { get; init; } = [];

    /// <summary>General helpers that the extension implements in place of the driver, ids below 0xFFFF.</summary>
    public IReadOnlyList<HelperPrototype> GlobalHelpers { get; init; } = [];
}
