using System.Runtime.InteropServices;

namespace KernelSim.Protocol.Messages;

/// <summary>Information about a map: <c>struct bpf_map_info</c>, 96 bytes, the tail of operation 25's reply.</summary>
[UpstreamStruct("struct bpf_map_info", 96)]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = 96)]
public struct BpfMapInfo
{
    /// <summary>The map's id.</summary>
    [FieldOffset(0)]
    public uint Id;

    /// <summary>The map type.</summary>
    [FieldOffset(4)]
    public BpfMapType Type;

    /// <summary>Key size in bytes.</summary>
    [FieldOffset(8)]
    public uint KeySize;

    /// <summary>Size of one CPU's value in bytes, unscaled: a per-CPU element takes <see cref="PerCpuLayout.Total"/>.</summary>
    [FieldOffset(12)]
    public uint ValueSize;

    /// <summary>The maximum number of entries that the map was created with.</summary>
    [FieldOffset(16)]
    public uint MaxEntries;

    /// <summary>The map's name.</summary>
    [FieldOffset(20)]
    public ObjectName Name;

    /// <summary>Always 0.</summary>
    [FieldOffset(84)]
    public uint MapFlags;

    /// <summary>Id of the template of a map of maps, otherwise 0.</summary>
    [FieldOffset(88)]
    public uint InnerMapId;

    /// <summary>Number of paths that the map is pinned to.</summary>
    [FieldOffset(92)]
    public uint PinnedPathCount;
}
