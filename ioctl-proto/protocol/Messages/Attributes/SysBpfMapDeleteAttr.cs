using System.Runtime.InteropServices;

namespace KernelSim.Protocol.Messages;

/// <summary>
/// What <c>BPF_MAP_DELETE_ELEM</c> is given:
/// <c>sys_bpf_map_delete_attr_t</c>, 16 bytes. Never crosses to the kernel.
/// </summary>
[UpstreamStruct("sys_bpf_map_delete_attr_t", 16)]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = 16)]
public struct SysBpfMapDeleteAttr
{
    /// <summary>Descriptor of the map.</summary>
    [FieldOffset(0)]
    public uint MapFd;

    /// <summary>Ignored.</summary>
    [FieldOffset(4)]
    public uint Pad0;

    /// <summary>Address of a key.</summary>
    [FieldOffset(8)]
    public ulong Key;
}
