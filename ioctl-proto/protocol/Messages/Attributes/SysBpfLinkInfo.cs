using System.Runtime.InteropServices;

namespace KernelSim.Protocol.Messages;

/// <summary>
/// What <c>BPF_OBJ_GET_INFO_BY_FD</c> tells of a link:
/// <c>sys_bpf_link_info_t</c>, 12 bytes. Never crosses to the kernel.
/// </summary>
[UpstreamStruct("sys_bpf_link_info_t", 12)]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = 12)]
public struct SysBpfLinkInfo
{
    /// <summary>How the program is attached.</summary>
    [FieldOffset(0)]
    public BpfLinkType Type;

    /// <summary>The link's id.</summary>
    [FieldOffset(4)]
    public uint Id;

    /// <summary>Id of the attached program; 0 if it is detached.</summary>
    [FieldOffset(8)]
    public uint ProgId;
}
