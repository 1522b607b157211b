using KernelSim.Protocol;

namespace KernelSim.UserMode.Calls;

/// <summary>The type of the object behind a descriptor.</summary>
internal sealed class ObjectKind
{
    public EbpfObjectType Type { get; set; }
}
