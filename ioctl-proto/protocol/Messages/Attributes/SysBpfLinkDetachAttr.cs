using System.Runtime.InteropServices;

namespace KernelSim.Protocol.Messages;

/// <summary>
/// What <c>BPF_LINK_DETACH</c> is given:
/// <c>sys_bpf_link_detach_attr_t</c>, 4 bytes. Never crosses to the kernel.
/// </summary>
[UpstreamStruct("sys_bpf_link_detach_attr_t", 4)]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = 4)]
public struct SysBpfLinkDetachAttr
{
    /// <summary>Descriptor of the link.</summary>
    [FieldOffset(0)]
    public uint LinkFd;
}
