using System.Runtime.InteropServices;

namespace KernelSim.Protocol.Messages;

/// <summary>
/// What <c>BPF_MAP_GET_NEXT_KEY</c> is given:
/// <c>sys_bpf_map_next_key_attr_t</c>, 24 bytes. Never crosses to the kernel.
/// </summary>
[UpstreamStruct("sys_bpf_map_next_key_attr_t", 24)]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = 24)]
public struct SysBpfMapNextKeyAttr
{
    /// <summary>Descriptor of the map.</summary>
    [FieldOffset(0)]
    public uint MapFd;

    /// <summary>Ignored.</summary>
    [FieldOffset(4)]
    public uint Pad0;

    /// <summary>Address of the previous key, or NULL for the first.</summary>
    [FieldOffset(8)]
    public ulong Key;

    /// <summary>Address of the buffer that receives the key.</summary>
    [FieldOffset(16)]
    public ulong NextKey;
}
