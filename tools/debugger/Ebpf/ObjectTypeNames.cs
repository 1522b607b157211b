using KernelSim.Protocol;

namespace KernelSim.Debugger.Ebpf;

/// <summary>Types of objects in bpftool's words.</summary>
internal static class ObjectTypeNames
{
    public static string Of(EbpfObjectType type) => type switch
    {
        EbpfObjectType.Map => "map",
        EbpfObjectType.Program => "prog",
        EbpfObjectType.Link => "link",
        _ => type.ToString(),
    };
}
