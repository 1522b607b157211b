namespace KernelSim.Protocol;

/// <summary>A place to attach programs to: one row of <see cref="AttachTypeTable"/>.</summary>
/// <param name="Type">The number that libbpf-shaped calls use.</param>
/// <param name="Id">The GUID that the protocol and extensions use: <c>ebpf_attach_type_t</c>.</param>
/// <param name="ProgramType">The type of program that fits: a GUID of <see cref="ProgramTypeTable"/>.</param>
/// <param name="LinkType">What a link to it is called.</param>
/// <param name="Section">The section prefix, which is also the attach type's name.</param>
public sealed record AttachTypeRow(BpfAttachType Type, Guid Id, Guid ProgramType, BpfLinkType LinkType, string Section)
{
    /// <summary>Whether <c>bpf_prog_attach</c> takes it, with the compartment as attach data.</summary>
    public bool TakesCompartment => LinkType == BpfLinkType.Cgroup;
}
