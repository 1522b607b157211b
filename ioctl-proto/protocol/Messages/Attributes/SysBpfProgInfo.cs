using System.Runtime.InteropServices;

namespace KernelSim.Protocol.Messages;

/// <summary>
/// What <c>BPF_OBJ_GET_INFO_BY_FD</c> tells of a program:
/// <c>sys_bpf_prog_info_t</c>, 80 bytes. Never crosses to the kernel.
/// </summary>
[UpstreamStruct("sys_bpf_prog_info_t", 80)]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = 80)]
public struct SysBpfProgInfo
{
    /// <summary>The program type.</summary>
    [FieldOffset(0)]
    public BpfProgType Type;

    /// <summary>The program's id.</summary>
    [FieldOffset(4)]
    public uint Id;

    /// <summary>Always 0.</summary>
    [FieldOffset(8)]
    public ulong Tag;

    /// <summary>Must be 0.</summary>
    [FieldOffset(16)]
    public uint JitedProgLen;

    /// <summary>Must be 0.</summary>
    [FieldOffset(20)]
    public uint XlatedProgLen;

    /// <summary>Must be 0.</summary>
    [FieldOffset(24)]
    public ulong JitedProgInsns;

    /// <summary>Must be 0.</summary>
    [FieldOffset(32)]
    public ulong XlatedProgInsns;

    /// <summary>Always 0.</summary>
    [FieldOffset(40)]
    public ulong LoadTime;

    /// <summary>Always 0.</summary>
    [FieldOffset(48)]
    public uint CreatedByUid;

    /// <summary>In: number of ids that fit at <see cref="MapIds"/>. Out: number of maps that the program uses.</summary>
    [FieldOffset(52)]
    public uint NrMapIds;

    /// <summary>Address of the array that receives the map ids, <c>u32</c> each; 0 if they are not wanted.</summary>
    [FieldOffset(56)]
    public ulong MapIds;

    /// <summary>The name, truncated after 15 bytes.</summary>
    [FieldOffset(64)]
    public SysBpfName Name;
}
