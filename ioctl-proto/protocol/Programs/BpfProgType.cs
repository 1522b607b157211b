namespace KernelSim.Protocol;

/// <summary>Program types: <c>bpf_prog_type_t</c> (<c>BPF_PROG_TYPE_*</c>), with the numbers of eBPF for Windows.</summary>
public enum BpfProgType : uint
{
    /// <summary><c>BPF_PROG_TYPE_UNSPEC</c>.</summary>
    Unspec = 0,

    /// <summary><c>BPF_PROG_TYPE_XDP</c>.</summary>
    Xdp = 1,

    /// <summary><c>BPF_PROG_TYPE_BIND</c>.</summary>
    Bind = 2,

    /// <summary><c>BPF_PROG_TYPE_CGROUP_SOCK_ADDR</c>.</summary>
    CgroupSockAddr = 3,

    /// <summary><c>BPF_PROG_TYPE_SOCK_OPS</c>.</summary>
    SockOps = 4,

    /// <summary><c>BPF_PROG_TYPE_NETEVENT</c>.</summary>
    Netevent = 5,

    /// <summary><c>BPF_PROG_TYPE_PROCESS</c>.</summary>
    Process = 6,

    /// <summary><c>BPF_PROG_TYPE_SAMPLE</c>.</summary>
    Sample = 999,
}
