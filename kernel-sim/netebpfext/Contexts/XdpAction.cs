namespace KernelSim.NetEbpfExt.Contexts;

/// <summary>What an XDP program can answer: <c>xdp_action_t</c>. Anything else drops the packet.</summary>
public enum XdpAction
{
    /// <summary>Not an action of Windows; it drops the packet.</summary>
    None = 0,

    /// <summary><c>XDP_PASS</c>: the packet goes on.</summary>
    Pass = 1,

    /// <summary><c>XDP_DROP</c>: the packet is gone.</summary>
    Drop = 2,

    /// <summary><c>XDP_TX</c>: the packet goes back out of the interface that it came in on.</summary>
    Tx = 3,
}
