using System.Runtime.InteropServices;

namespace KernelSim.Protocol.Messages;

/// <summary>
/// What <c>BPF_OBJ_GET_INFO_BY_FD</c> is given:
/// <c>sys_bpf_obj_info_attr_t</c>, 16 bytes. Never crosses to the kernel.
/// </summary>
[UpstreamStruct("sys_bpf_obj_info_attr_t", 16)]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = 16)]
public struct SysBpfObjInfoAttr
{
    /// <summary>Descriptor of the object.</summary>
    [FieldOffset(0)]
    public uint BpfFd;

    /// <summary>Size of the buffer in bytes. Not written, although upstream's comment says so.</summary>
    [FieldOffset(4)]
    public uint InfoLen;

    /// <summary>
    /// Address of a <see cref="SysBpfMapInfo"/>, <see cref="SysBpfProgInfo"/> or <see cref="SysBpfLinkInfo"/>, by the object's type.
    /// </summary>
    [FieldOffset(8)]
    public ulong Info;
}
