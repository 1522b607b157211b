using System.Runtime.InteropServices;

namespace KernelSim.Protocol.Messages;

/// <summary>
/// What <c>BPF_MAP_GET_NEXT_ID</c> and its like for programs and links are given:
/// <c>sys_bpf_map_next_id_attr_t</c>, 8 bytes. Never crosses to the kernel.
/// </summary>
[UpstreamStruct("sys_bpf_map_next_id_attr_t", 8)]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = 8)]
public struct SysBpfMapNextIdAttr
{
    /// <summary>The id to start after, which need not exist; 0 for the first.</summary>
    [FieldOffset(0)]
    public uint StartId;

    /// <summary>Out: the id found.</summary>
    [FieldOffset(4)]
    public uint NextId;
}
