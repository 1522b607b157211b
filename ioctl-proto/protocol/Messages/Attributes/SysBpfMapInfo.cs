using System.Runtime.InteropServices;

namespace KernelSim.Protocol.Messages;

/// <summary>
/// What <c>BPF_OBJ_GET_INFO_BY_FD</c> tells of a map:
/// <c>sys_bpf_map_info_t</c>, 40 bytes. Never crosses to the kernel.
/// </summary>
[UpstreamStruct("sys_bpf_map_info_t", 40)]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = 40)]
public struct SysBpfMapInfo
{
    /// <summary>The map type.</summary>
    [FieldOffset(0)]
    public BpfMapType Type;

    /// <summary>The map's id.</summary>
    [FieldOffset(4)]
    public uint Id;

    /// <summary>Key size in bytes.</summary>
    [FieldOffset(8)]
    public uint KeySize;

    /// <summary>Size of one CPU's value in bytes.</summary>
    [FieldOffset(12)]
    public uint ValueSize;

    /// <summary>The maximum number of entries that the map was created with.</summary>
    [FieldOffset(16)]
    public uint MaxEntries;

    /// <summary>Always 0.</summary>
    [FieldOffset(20)]
    public uint MapFlags;

    /// <summary>The name, truncated after 15 bytes.</summary>
    [FieldOffset(24)]
    public SysBpfName Name;
}
