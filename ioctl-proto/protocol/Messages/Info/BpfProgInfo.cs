using System.Runtime.InteropServices;

namespace KernelSim.Protocol.Messages;

/// <summary>Information about a program: <c>struct bpf_prog_info</c>, 128 bytes, the tail of operation 25's reply.</summary>
[UpstreamStruct("struct bpf_prog_info", 128)]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = 128)]
public struct BpfProgInfo
{
    /// <summary>The program's id.</summary>
    [FieldOffset(0)]
    public uint Id;

    /// <summary>The program type as a number.</summary>
    [FieldOffset(4)]
    public BpfProgType Type;

    /// <summary>In: number of ids that fit at <see cref="MapIds"/>. Out: number of maps that the program uses.</summary>
    [FieldOffset(8)]
    public uint NrMapIds;

    /// <summary>Address in the caller's memory that receives the map ids, <c>u32</c> each; 0 if they are not wanted.</summary>
    [FieldOffset(16)]
    public ulong MapIds;

    /// <summary>The program's name.</summary>
    [FieldOffset(24)]
    public ObjectName Name;

    /// <summary>The program type as a GUID.</summary>
    [FieldOffset(88)]
    public Guid TypeUuid;

    /// <summary>The attach type that the program was loaded for.</summary>
    [FieldOffset(104)]
    public Guid AttachTypeUuid;

    /// <summary>Number of paths that the program is pinned to.</summary>
    [FieldOffset(120)]
    public uint PinnedPathCount;

    /// <summary>Number of links that attach the program.</summary>
    [FieldOffset(124)]
    public uint LinkCount;
}
