using System.Runtime.InteropServices;

namespace KernelSim.Protocol.Messages;

/// <summary>
/// What <c>bpf_create_map_xattr</c> is given, in the caller's memory: <c>struct bpf_create_map_attr</c>, 56 bytes. Never crosses to the kernel.
/// </summary>
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = 56)]
public struct BpfCreateMapAttr
{
    /// <summary>Address of a zero-terminated name of at most 63 bytes, or NULL.</summary>
    [FieldOffset(0)]
    public ulong Name;

    /// <summary>The type of map to create.</summary>
    [FieldOffset(8)]
    public BpfMapType MapType;

    /// <summary>Must be 0.</summary>
    [FieldOffset(12)]
    public uint MapFlags;

    /// <summary>Key size in bytes.</summary>
    [FieldOffset(16)]
    public uint KeySize;

    /// <summary>Size of one CPU's value in bytes.</summary>
    [FieldOffset(20)]
    public uint ValueSize;

    /// <summary>Most entries.</summary>
    [FieldOffset(24)]
    public uint MaxEntries;

    /// <summary>Must be 0.</summary>
    [FieldOffset(28)]
    public uint NumaNode;

    /// <summary>Ignored.</summary>
    [FieldOffset(32)]
    public uint BtfFd;

    /// <summary>Ignored.</summary>
    [FieldOffset(36)]
    public uint BtfKeyTypeId;

    /// <summary>Ignored.</summary>
    [FieldOffset(40)]
    public uint BtfValueTypeId;

    /// <summary>Must be 0.</summary>
    [FieldOffset(44)]
    public uint MapIfindex;

    /// <summary>The template of a map of maps; 0 means none.</summary>
    [FieldOffset(48)]
    public int InnerMapFd;
}
