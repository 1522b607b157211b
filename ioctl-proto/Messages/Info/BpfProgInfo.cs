using System.Runtime.InteropServices;

namespace KernelSim.Protocol.Messages;

/// <summary>What is known of a program: <c>struct bpf_prog_info</c>, 128 bytes, the tail of operation 25.</summary>
[UpstreamStruct("struct bpf_prog_info", 128)]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = 128)]
public struct BpfProgInfo
{
    /// <summary>The program's id.</summary>
    [FieldOffset(0)]
    public uint Id;

    /// <summary>The program type.</summary>
    [FieldOffset(4)]
    public BpfProgType Type;

    /// <summary>In: room at <see cref="MapIds"/>, in ids. Out: how many maps the program uses.</summary>
    [FieldOffset(8)]
    public uint NrMapIds;

    /// <summary>Address in the caller's memory that receives the maps' ids, <c>u32</c> each; 0 when they are not wanted.</summary>
    [FieldOffset(16)]
    public ulong MapIds;

    /// <summary>The program's name.</summary>
    [FieldOffset(24)]
    public ObjectName Name;

    /// <summary>The program type.</summary>
    [FieldOffset(88)]
    public Guid TypeUuid;

    /// <summary>The attach type that the program was loaded for.</summary>
    [FieldOffset(104)]
    public Guid AttachTypeUuid;

    /// <summary>Paths that the program is pinned under.</summary>
    [FieldOffset(120)]
    public uint PinnedPathCount;

    /// <summary>Links that attach the program.</summary>
    [FieldOffset(124)]
    public uint LinkCount;
}
