using System.Runtime.InteropServices;

namespace KernelSim.Protocol.Messages;

/// <summary>
/// What <c>BPF_MAP_CREATE</c> is given:
/// <c>sys_bpf_map_create_attr_t</c>, 48 bytes. Never crosses to the kernel.
/// </summary>
[UpstreamStruct("sys_bpf_map_create_attr_t", 48)]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = 48)]
public struct SysBpfMapCreateAttr
{
    /// <summary>The type of map to create.</summary>
    [FieldOffset(0)]
    public BpfMapType MapType;

    /// <summary>Key size in bytes.</summary>
    [FieldOffset(4)]
    public uint KeySize;

    /// <summary>Size of one CPU's value in bytes.</summary>
    [FieldOffset(8)]
    public uint ValueSize;

    /// <summary>Maximum number of entries.</summary>
    [FieldOffset(12)]
    public uint MaxEntries;

    /// <summary>Must be 0.</summary>
    [FieldOffset(16)]
    public uint MapFlags;

    /// <summary>Descriptor of the template of a map of maps; 0 means none.</summary>
    [FieldOffset(20)]
    public uint InnerMapFd;

    /// <summary>Must be 0.</summary>
    [FieldOffset(24)]
    public uint NumaNode;

    /// <summary>The name, at most 15 bytes and a terminator.</summary>
    [FieldOffset(28)]
    public SysBpfName MapName;

    /// <summary>Must be 0.</summary>
    [FieldOffset(44)]
    public uint MapIfindex;
}
