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

    /// <summary>libbpf's <c>attempts</c>, which eBPF for Windows ignores.</summary>
    [FieldOffset(8)]
    public int Attempts;

    /// <summary>libbpf's <c>expected_attach_type</c>, which eBPF for Windows ignores.</summary>
    [FieldOffset(12)]
    public BpfAttachType ExpectedAttachType;

    /// <summary>libbpf's <c>prog_btf_fd</c>, which eBPF for Windows ignores.</summary>
    [FieldOffset(16)]
    public uint ProgBtfFd;

    /// <summary>libbpf's <c>prog_flags</c>, which eBPF for Windows ignores.</summary>
    [FieldOffset(20)]
    public uint ProgFlags;

    /// <summary>libbpf's <c>prog_ifindex</c>, which eBPF for Windows ignores.</summary>
    [FieldOffset(24)]
    public uint ProgIfindex;

    /// <summary>libbpf's <c>kern_version</c>, which eBPF for Windows ignores.</summary>
    [FieldOffset(28)]
    public uint KernVersion;

    /// <summary>libbpf's <c>attach_btf_id</c>, which eBPF for Windows ignores.</summary>
    [FieldOffset(32)]
    public uint AttachBtfId;

    /// <summary>libbpf's <c>attach_prog_fd</c>, which eBPF for Windows ignores.</summary>
    [FieldOffset(36)]
    public uint AttachProgFd;

    /// <summary>libbpf's <c>attach_btf_obj_fd</c>, which eBPF for Windows ignores.</summary>
    [FieldOffset(40)]
    public uint AttachBtfObjFd;

    /// <summary>libbpf's <c>fd_array</c>, which eBPF for Windows ignores.</summary>
    [FieldOffset(48)]
    public ulong FdArray;

    /// <summary>libbpf's <c>func_info</c>, which eBPF for Windows ignores.</summary>
    [FieldOffset(56)]
    public ulong FuncInfo;

    /// <summary>libbpf's <c>func_info_cnt</c>, which eBPF for Windows ignores.</summary>
    [FieldOffset(64)]
    public uint FuncInfoCnt;

    /// <summary>libbpf's <c>func_info_rec_size</c>, which eBPF for Windows ignores.</summary>
    [FieldOffset(68)]
    public uint FuncInfoRecSize;

    /// <summary>libbpf's <c>line_info</c>, which eBPF for Windows ignores.</summary>
    [FieldOffset(72)]
    public ulong LineInfo;

    /// <summary>libbpf's <c>line_info_cnt</c>, which eBPF for Windows ignores.</summary>
    [FieldOffset(80)]
    public uint LineInfoCnt;

    /// <summary>libbpf's <c>line_info_rec_size</c>, which eBPF for Windows ignores.</summary>
    [FieldOffset(84)]
    public uint LineInfoRecSize;

    /// <summary>libbpf's <c>log_level</c>, which eBPF for Windows ignores.</summary>
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
