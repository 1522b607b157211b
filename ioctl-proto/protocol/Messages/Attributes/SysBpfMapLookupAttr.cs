using System.Runtime.InteropServices;

namespace KernelSim.Protocol.Messages;

/// <summary>
/// What <c>BPF_MAP_LOOKUP_ELEM</c>, <c>BPF_MAP_LOOKUP_AND_DELETE_ELEM</c> and <c>BPF_MAP_UPDATE_ELEM</c> are given:
/// <c>sys_bpf_map_lookup_attr_t</c>, 32 bytes. Never crosses to the kernel.
/// </summary>
[UpstreamStruct("sys_bpf_map_lookup_attr_t", 32)]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = 32)]
public struct SysBpfMapLookupAttr
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

    /// <summary>Address of a value, or of the buffer that receives one.</summary>
    [FieldOffset(16)]
    public ulong Value;

    /// <summary>An update's <see cref="EbpfMapOption"/>; must be 0 for the others.</summary>
    [FieldOffset(24)]
    public ulong Flags;
}
