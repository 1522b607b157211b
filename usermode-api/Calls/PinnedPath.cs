using KernelSim.Protocol;

namespace KernelSim.UserMode.Calls;

/// <summary>A path in the pinning table, and what is pinned there.</summary>
internal sealed class PinnedPath
{
    public EbpfObjectType Type { get; set; }

    public string Path { get; set; } = "";
}
