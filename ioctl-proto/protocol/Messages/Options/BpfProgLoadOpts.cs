using System.Runtime.InteropServices;

namespace KernelSim.Protocol.Messages;

/// <summary>
/// Options of a program's load in the caller's memory: <c>struct bpf_prog_load_opts</c>. eBPF for Windows looks only at the log's. Never
/// crosses to the kernel.
/// </summary>
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = 112)]
public struct BpfProgLoadOpts
{
    /// <summary>Bytes in the structure.</summary>
    [FieldOffset(0)]
    public ulong Sz;

    /// <summary>Not looked at.</summary>
    [FieldOffset(8)]
    public int Attempts;

    /// <summary>Not looked at.</summary>
    [FieldOffset(12)]
    public BpfAttachType ExpectedAttachType;

    /// <summary>Not looked at.</summary>
    [FieldOffset(16)]
    public uint ProgBtfFd;

    /// <summary>Not looked at.</summary>
    [FieldOffset(20)]
    public uint ProgFlags;

    /// <summary>Not looked at.</summary>
    [FieldOffset(24)]
    public uint ProgIfindex;

    /// <summary>Not looked at.</summary>
    [FieldOffset(28)]
    public uint KernVersion;

    /// <summary>Not looked at, like everything below up to the log.</summary>
    [FieldOffset(32)]
    public uint AttachBtfId;

    /// <summary>Not looked at.</summary>
    [FieldOffset(36)]
    public uint AttachProgFd;

    /// <summary>Not looked at.</summary>
    [FieldOffset(40)]
    public uint AttachBtfObjFd;

    /// <summary>Not looked at.</summary>
    [FieldOffset(48)]
    public ulong FdArray;

    /// <summary>Not looked at.</summary>
    [FieldOffset(56)]
    public ulong FuncInfo;

    /// <summary>Not looked at.</summary>
    [FieldOffset(64)]
    public uint FuncInfoCnt;

    /// <summary>Not looked at.</summary>
    [FieldOffset(68)]
    public uint FuncInfoRecSize;

    /// <summary>Not looked at.</summary>
    [FieldOffset(72)]
    public ulong LineInfo;

    /// <summary>Not looked at.</summary>
    [FieldOffset(80)]
    public uint LineInfoCnt;

    /// <summary>Not looked at.</summary>
    [FieldOffset(84)]
    public uint LineInfoRecSize;

    /// <summary>Not looked at.</summary>
    [FieldOffset(88)]
    public uint LogLevel;

    /// <summary>Size of the log buffer in bytes.</summary>
    [FieldOffset(92)]
    public uint LogSize;

    /// <summary>Address of the log buffer; NULL if no log is wanted.</summary>
    [FieldOffset(96)]
    public ulong LogBuf;

    /// <summary>Not written, as in upstream.</summary>
    [FieldOffset(104)]
    public uint LogTrueSize;
}
