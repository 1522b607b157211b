using KernelSim.Protocol;

namespace KernelSim.UserMode.Calls.Programs;

/// <summary>How a program runs and where it came from.</summary>
internal sealed class ProgramOrigin
{
    public EbpfCodeType CodeType { get; set; }

    public string FileName { get; set; } = "";

    public string SectionName { get; set; } = "";
}
