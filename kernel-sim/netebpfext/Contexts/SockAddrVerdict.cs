namespace KernelSim.NetEbpfExt.Contexts;

/// <summary>What a CGROUP_SOCK_ADDR program can answer: <c>ebpf_sock_addr_verdict_t</c>. Anything else rejects.</summary>
public enum SockAddrVerdict
{
    /// <summary><c>BPF_SOCK_ADDR_VERDICT_REJECT</c>.</summary>
    Reject = 0,

    /// <summary><c>BPF_SOCK_ADDR_VERDICT_PROCEED_SOFT</c>: allowed, unless another filter objects.</summary>
    ProceedSoft = 1,

    /// <summary><c>BPF_SOCK_ADDR_VERDICT_PROCEED_HARD</c>: allowed for good.</summary>
    ProceedHard = 2,
}
