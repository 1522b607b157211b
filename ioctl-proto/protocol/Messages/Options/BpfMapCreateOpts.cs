using System.Runtime.InteropServices;

namespace KernelSim.Protocol.Messages;

/// <summary>
/// Options of <c>bpf_map_create</c> in the caller's memory: <c>struct bpf_map_create_opts</c>, 80 bytes. Never crosses to the kernel.
/// </summary>
[UpstreamStruct("struct bpf_map_create_opts", 80)]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = 80)]
public struct BpfMapCreateOpts
{
    /// <summary>Size of the structure in bytes.</summary>
    [FieldOffset(0)]
    public ulong Sz;

    /// <summary>Ignored.</summary>
    [FieldOffset(8)]
    public int BtfFd;

    /// <summary>Ignored.</summary>
    [FieldOffset(12)]
    public uint BtfKeyTypeId;

    /// <summary>Ignored.</summary>
    [FieldOffset(16)]
    public uint BtfValueTypeId;

    /// <summary>Ignored.</summary>
    [FieldOffset(20)]
    public uint BtfVmlinuxValueTypeId;

    /// <summary>The template of a map of maps; 0 means none.</summary>
    [FieldOffset(24)]
    public int InnerMapFd;

    /// <summary>Must be 0.</summary>
    [FieldOffset(28)]
    public uint MapFlags;

    /// <summary>Ignored.</summary>
    [FieldOffset(32)]
    public ulong MapExtra;

    /// <summary>Must be 0.</summary>
    [FieldOffset(40)]
    public uint NumaNode;

    /// <summary>Must be 0.</summary>
    [FieldOffset(44)]
    public uint MapIfindex;

    /// <summary>Ignored.</summary>
    [FieldOffset(48)]
    public int ValueTypeBtfObjFd;

    /// <summary>Ignored.</summary>
    [FieldOffset(52)]
    public int TokenFd;

    /// <summary>Ignored.</summary>
    [FieldOffset(56)]
    public ulong ExclProgHash;

    /// <summary>Ignored.</summary>
    [FieldOffset(64)]
    public uint ExclProgHashSize;

    /// <summary>Ignored.</summary>
    [FieldOffset(72)]
    public ulong LogOpts;
}
