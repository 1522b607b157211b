namespace KernelSim.Protocol;

/// <summary>
/// Where a program can be attached: <c>bpf_attach_type_t</c>. Upstream's names start with <c>BPF_ATTACH_TYPE_</c>,
/// <c>BPF_CGROUP_</c> or are <c>BPF_XDP</c>; 9 is unassigned.
/// </summary>
public enum BpfAttachType : uint
{
    /// <summary><c>BPF_ATTACH_TYPE_UNSPEC</c>.</summary>
    Unspec = 0,

    /// <summary><c>BPF_XDP</c>.</summary>
    Xdp = 1,

    /// <summary><c>BPF_ATTACH_TYPE_BIND</c>.</summary>
    Bind = 2,

    /// <summary><c>BPF_CGROUP_INET4_CONNECT</c>.</summary>
    CgroupInet4Connect = 3,

    /// <summary><c>BPF_CGROUP_INET6_CONNECT</c>.</summary>
    CgroupInet6Connect = 4,

    /// <summary><c>BPF_CGROUP_INET4_RECV_ACCEPT</c>.</summary>
    CgroupInet4RecvAccept = 5,

    /// <summary><c>BPF_CGROUP_INET6_RECV_ACCEPT</c>.</summary>
    CgroupInet6RecvAccept = 6,

    /// <summary><c>BPF_CGROUP_SOCK_OPS</c>.</summary>
    CgroupSockOps = 7,

    /// <summary><c>BPF_ATTACH_TYPE_SAMPLE</c>.</summary>
    Sample = 8,

    /// <summary><c>BPF_ATTACH_TYPE_NETEVENT</c>.</summary>
    Netevent = 10,

    /// <summary><c>BPF_ATTACH_TYPE_PROCESS</c>.</summary>
    Process = 11,

    /// <summary><c>BPF_CGROUP_INET4_CONNECT_AUTHORIZATION</c>.</summary>
    CgroupInet4ConnectAuthorization = 12,

    /// <summary><c>BPF_CGROUP_INET6_CONNECT_AUTHORIZATION</c>.</summary>
    CgroupInet6ConnectAuthorization = 13,

    /// <summary><c>BPF_CGROUP_INET4_BIND</c>.</summary>
    CgroupInet4Bind = 14,

    /// <summary><c>BPF_CGROUP_INET6_BIND</c>.</summary>
    CgroupInet6Bind = 15,

    /// <summary><c>BPF_CGROUP_INET4_LISTEN</c>.</summary>
    CgroupInet4Listen = 16,

    /// <summary><c>BPF_CGROUP_INET6_LISTEN</c>.</summary>
    CgroupInet6Listen = 17,
}
