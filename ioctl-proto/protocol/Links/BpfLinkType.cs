namespace KernelSim.Protocol;

/// <summary>How a program is attached: <c>enum bpf_link_type</c>.</summary>
public enum BpfLinkType : uint
{
    /// <summary><c>BPF_LINK_TYPE_UNSPEC</c>.</summary>
    Unspec = 0,

    /// <summary><c>BPF_LINK_TYPE_PLAIN</c>: no attach data of its own.</summary>
    Plain = 1,

    /// <summary><c>BPF_LINK_TYPE_CGROUP</c>: attached to a compartment.</summary>
    Cgroup = 2,

    /// <summary><c>BPF_LINK_TYPE_XDP</c>: attached to a network interface.</summary>
    Xdp = 3,
}
