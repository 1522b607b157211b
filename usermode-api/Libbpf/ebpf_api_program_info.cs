namespace KernelSim.UserMode;

/// <summary>A program in a file: <c>ebpf_api_program_info_t</c>. Lists of them are .NET's, so that nothing has to be freed.</summary>
/// <param name="section_name">The section that it was compiled from.</param>
/// <param name="program_name">Its name.</param>
/// <param name="program_type">Its type.</param>
/// <param name="expected_attach_type">Where it expects to be attached.</param>
/// <param name="raw_data">Its code.</param>
public sealed record ebpf_api_program_info(
    string section_name, string program_name, Guid program_type, Guid expected_attach_type, ReadOnlyMemory<byte> raw_data);
