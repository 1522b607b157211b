using System.Runtime.InteropServices;

namespace KernelSim.Protocol.Messages;

/// <summary>
/// What <c>BPF_PROG_ATTACH</c> and <c>BPF_PROG_DETACH</c> are given:
/// <c>sys_bpf_prog_attach_attr_t</c>, 16 bytes. Never crosses to the kernel.
/// </summary>
[UpstreamStruct("sys_bpf_prog_attach_attr_t", 16)]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = 16)]
public struct SysBpfProgAttachAttr
{
    /// <summary>The compartment's id.</summary>
    [FieldOffset(0)]
    public uint TargetFd;

    /// <summary>Descriptor of the program; ignored when detaching.</summary>
    [FieldOffset(4)]
    public uint AttachBpfFd;

    /// <summary>The attach type of the hook.</summary>
    [FieldOffset(8)]
    public BpfAttachType AttachType;

    /// <summary>Must be 0; ignored when detaching.</summary>
    [FieldOffset(12)]
    public uint AttachFlags;
}
