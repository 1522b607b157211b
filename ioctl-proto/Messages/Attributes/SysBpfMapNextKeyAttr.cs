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
    /// <summary>The map.</summary>
    [FieldOffset(0)]
    public uint MapFd;

    /// <summary>Not looked at.</summary>
    [FieldOffset(4)]
    public uint Pad0;

    /// <summary>Address of the key before, or NULL for the first.</summary>
    [FieldOffset(8)]
    public ulong Key;

    /// <summary>Address of room for a key.</summary>
    [FieldOffset(16)]
    public ulong NextKey;
}
