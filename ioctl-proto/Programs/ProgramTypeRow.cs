namespace KernelSim.Protocol;

/// <summary>A program type under its three names: one row of <see cref="ProgramTypeTable"/>.</summary>
/// <param name="Type">The number that libbpf-shaped calls use.</param>
/// <param name="Id">The GUID that the protocol and extensions use: <c>ebpf_program_type_t</c>.</param>
/// <param name="Name">The name that its information provider gives.</param>
public sealed record ProgramTypeRow(BpfProgType Type, Guid Id, string Name);
