using KernelSim.Protocol;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Extensions;

/// <summary>A program type: <c>ebpf_program_type_descriptor_t</c>.</summary>
/// <param name="Name">Its name, such as <c>xdp</c>.</param>
/// <param name="ContextDescriptor">Where its context keeps its data pointers.</param>
/// <param name="ProgramType">Its GUID.</param>
/// <param name="BpfProgType">Its number.</param>
public sealed record ProgramTypeDescriptor(string Name, ContextDescriptor ContextDescriptor, Guid ProgramType, BpfProgType BpfProgType)
{
    /// <summary>Version and size.</summary>
    public ExtensionHeader Header { get; init; } = ExtensionHeaders.ProgramTypeDescriptor;

    /// <summary>True when the verifier is to let such programs do what only privileged ones may.</summary>
    public bool IsPrivileged { get; init; }
}
