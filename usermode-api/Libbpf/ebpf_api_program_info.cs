namespace KernelSim.UserMode;

/// <summary>A program in a file: <c>ebpf_api_program_info_t</c>. Lists of them are .NET lists, so nothing has to be freed.</summary>
/// <param name="section_name">The section that it was compiled from.</param>
/// <param name="program_name">Name of the program.</param>
/// <param name="program_type">GUID of its type.</param>
/// <param name="expected_attach_type">GUID of the expected attach type.</param>
/// <param name="raw_data">The program's code.</param>
public sealed record ebpf_api_program_info(
    string section_name, string program_name, Guid program_type, Guid expected_attach_type, ReadOnlyMemory<byte> raw_data);
