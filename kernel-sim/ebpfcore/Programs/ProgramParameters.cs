namespace KernelSim.EbpfCore.Programs;

/// <summary>What a program is created with: <c>ebpf_program_parameters_t</c>. Names are UTF-8 as they came.</summary>
/// <param name="ProgramType">Its type.</param>
/// <param name="AttachType">The attach type that it expects; empty for none.</param>
/// <param name="Name">Its name.</param>
/// <param name="SectionName">The section that it was compiled from.</param>
/// <param name="FileName">The file that it was compiled from.</param>
internal sealed record ProgramParameters(Guid ProgramType, Guid AttachType, byte[] Name, byte[] SectionName, byte[] FileName)
{
    /// <summary>The hash of the program information that it was verified against; null when that is yet to be found out.</summary>
    public byte[]? InfoHash { get; init; }

    /// <summary>How that hash is made; empty stands for SHA256.</summary>
    public string InfoHashType { get; init; } = string.Empty;
}
