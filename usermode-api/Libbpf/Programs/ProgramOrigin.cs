using KernelSim.Protocol;

namespace KernelSim.UserMode;

/// <summary>A program's code type and origin.</summary>
internal sealed class ProgramOrigin
{
    public EbpfCodeType CodeType { get; set; }

    public string FileName { get; set; } = "";

    public string SectionName { get; set; } = "";
}
