using KernelSim.Protocol;

namespace KernelSim.UserMode.Calls;

/// <summary>What kind of object a descriptor stands for.</summary>
internal sealed class ObjectKind
{
    public EbpfObjectType Type { get; set; }
}
