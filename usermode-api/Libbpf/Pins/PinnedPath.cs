using KernelSim.Protocol;

namespace KernelSim.UserMode;

/// <summary>A path in the pinning table, and the type of the object pinned there.</summary>
internal sealed class PinnedPath
{
    public EbpfObjectType Type { get; set; }

    public string Path { get; set; } = "";
}
