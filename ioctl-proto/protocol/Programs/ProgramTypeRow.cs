namespace KernelSim.Protocol;

/// <summary>A program type under its three names: one row of <see cref="ProgramTypeTable"/>.</summary>
/// <param name="Type">The number that libbpf-shaped calls use.</param>
/// <param name="Id">The GUID used by the protocol and by extensions: <c>ebpf_program_type_t</c>.</param>
/// <param name="Name">The name that its program information provider reports.</param>
public sealed record ProgramTypeRow(BpfProgType Type, Guid Id, string Name);
