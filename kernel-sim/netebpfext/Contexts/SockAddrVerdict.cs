namespace KernelSim.NetEbpfExt.Contexts;

/// <summary>The return values of a CGROUP_SOCK_ADDR program: <c>ebpf_sock_addr_verdict_t</c>. Any other value rejects.</summary>
public enum SockAddrVerdict
{
    /// <summary><c>BPF_SOCK_ADDR_VERDICT_REJECT</c>.</summary>
    Reject = 0,

    /// <summary><c>BPF_SOCK_ADDR_VERDICT_PROCEED_SOFT</c>: allowed, unless another filter objects.</summary>
    ProceedSoft = 1,

    /// <summary><c>BPF_SOCK_ADDR_VERDICT_PROCEED_HARD</c>: allowed, and no other filter can object.</summary>
    ProceedHard = 2,
}
