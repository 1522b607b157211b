namespace KernelSim.Protocol;

/// <summary>A hook that programs can be attached to: one row of <see cref="AttachTypeTable"/>.</summary>
/// <param name="Type">The number used by libbpf-shaped calls.</param>
/// <param name="Id">The GUID used by the protocol and by extensions: <c>ebpf_attach_type_t</c>.</param>
/// <param name="ProgramType">GUID of the program type that fits, from <see cref="ProgramTypeTable"/>.</param>
/// <param name="LinkType">The type that a link to this hook reports.</param>
/// <param name="Section">The section prefix, which is also the attach type's name.</param>
public sealed record AttachTypeRow(BpfAttachType Type, Guid Id, Guid ProgramType, BpfLinkType LinkType, string Section)
{
    /// <summary>Whether <c>bpf_prog_attach</c> takes it, with the compartment as attach data.</summary>
    public bool TakesCompartment => LinkType == BpfLinkType.Cgroup;
}
