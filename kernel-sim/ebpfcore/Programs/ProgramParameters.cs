namespace KernelSim.EbpfCore.Programs;

/// <summary>The parameters for creating a program: <c>ebpf_program_parameters_t</c>. Names are UTF-8, unchanged.</summary>
/// <param name="ProgramType">GUID of the program type.</param>
/// <param name="AttachType">The attach type that it expects; empty for none.</param>
/// <param name="Name">Name of the program.</param>
/// <param name="SectionName">The section that it was compiled from.</param>
/// <param name="FileName">The file that it was compiled from.</param>
internal sealed record ProgramParameters(Guid ProgramType, Guid AttachType, byte[] Name, byte[] SectionName, byte[] FileName)
{
    /// <summary>The hash of the program information that it was verified against; null if it is not known yet.</summary>
    public byte[]? InfoHash { get; init; }

    /// <summary>The algorithm of that hash; empty means SHA256.</summary>
    public string InfoHashType { get; init; } = string.Empty;
}
