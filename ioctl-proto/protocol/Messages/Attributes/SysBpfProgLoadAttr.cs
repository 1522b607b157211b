using System.Runtime.InteropServices;

namespace KernelSim.Protocol.Messages;

/// <summary>
/// What <c>BPF_PROG_LOAD</c> is given; this build ignores all of it:
/// <c>sys_bpf_prog_load_attr_t</c>, 144 bytes. Never crosses to the kernel.
/// </summary>
[UpstreamStruct("sys_bpf_prog_load_attr_t", 144)]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = 144)]
public struct SysBpfProgLoadAttr
{
    /// <summary>The program type.</summary>
    [FieldOffset(0)]
    public BpfProgType ProgType;

    /// <summary>Number of instructions.</summary>
    [FieldOffset(4)]
    public uint InsnCnt;

    /// <summary>Address of the instructions, 8 bytes each.</summary>
    [FieldOffset(8)]
    public ulong Insns;

    /// <summary>Address of the licence.</summary>
    [FieldOffset(16)]
    public ulong License;

    /// <summary>Verbosity of the verifier's log.</summary>
    [FieldOffset(24)]
    public uint LogLevel;

    /// <summary>Size of the log buffer in bytes.</summary>
    [FieldOffset(28)]
    public uint LogSize;

    /// <summary>Address of the log buffer.</summary>
    [FieldOffset(32)]
    public ulong LogBuf;

    /// <summary>Ignored.</summary>
    [FieldOffset(40)]
    public uint KernVersion;

    /// <summary>Must be 0.</summary>
    [FieldOffset(44)]
    public uint ProgFlags;

    /// <summary>The name, at most 15 bytes and a terminator.</summary>
    [FieldOffset(48)]
    public SysBpfName ProgName;

    /// <summary>Must be 0, like everything below up to the log.</summary>
    [FieldOffset(64)]
    public uint ProgIfindex;

    /// <summary>Must be 0.</summary>
    [FieldOffset(68)]
    public uint ExpectedAttachType;

    /// <summary>Must be 0.</summary>
    [FieldOffset(72)]
    public uint ProgBtfFd;

    /// <summary>Must be 0.</summary>
    [FieldOffset(76)]
    public uint FuncInfoRecSize;

    /// <summary>Must be 0.</summary>
    [FieldOffset(80)]
    public ulong FuncInfo;

    /// <summary>Must be 0.</summary>
    [FieldOffset(88)]
    public uint FuncInfoCnt;

    /// <summary>Must be 0.</summary>
    [FieldOffset(92)]
    public uint LineInfoRecSize;

    /// <summary>Must be 0.</summary>
    [FieldOffset(96)]
    public ulong LineInfo;

    /// <summary>Must be 0.</summary>
    [FieldOffset(104)]
    public uint LineInfoCnt;

    /// <summary>Must be 0.</summary>
    [FieldOffset(108)]
    public uint AttachBtfId;

    /// <summary>Must be 0.</summary>
    [FieldOffset(112)]
    public uint AttachProgFd;

    /// <summary>Must be 0; a union with the field before it.</summary>
    [FieldOffset(112)]
    public uint AttachBtfObjFd;

    /// <summary>Must be 0.</summary>
    [FieldOffset(116)]
    public uint CoreReloCnt;

    /// <summary>Must be 0.</summary>
    [FieldOffset(120)]
    public ulong FdArray;

    /// <summary>Must be 0.</summary>
    [FieldOffset(128)]
    public ulong CoreRelos;

    /// <summary>Must be 0.</summary>
    [FieldOffset(136)]
    public uint CoreReloRecSize;

    /// <summary>Out: size that the log would have, in bytes.</summary>
    [FieldOffset(140)]
    public uint LogTrueSize;
}
