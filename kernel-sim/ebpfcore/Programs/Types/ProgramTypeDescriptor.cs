using KernelSim.Protocol;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Extensions;

/// <summary>The description of a program type: <c>ebpf_program_type_descriptor_t</c>.</summary>
/// <param name="Name">Name of the type, such as <c>xdp</c>.</param>
/// <param name="ContextDescriptor">Where its context keeps its data pointers.</param>
/// <param name="ProgramType">GUID of the type.</param>
/// <param name="BpfProgType">Number of the type.</param>
public sealed record ProgramTypeDescriptor(string Name, ContextDescriptor ContextDescriptor, Guid ProgramType, BpfProgType BpfProgType)
{
    /// <summary>Version and size.</summary>
    public ExtensionHeader Header { get; init; } = ExtensionHeaders.ProgramTypeDescriptor;

    /// <summary>True if the verifier allows such programs what only privileged ones may do.</summary>
    public bool IsPrivileged { get; init; }
}
