namespace KernelSim.NetEbpfExt.Contexts;

/// <summary>The return values of an XDP program: <c>xdp_action_t</c>. Any other value drops the packet.</summary>
public enum XdpAction
{
    /// <summary>Not defined on Windows; it drops the packet.</summary>
    None = 0,

    /// <summary><c>XDP_PASS</c>: the packet is passed on.</summary>
    Pass = 1,

    /// <summary><c>XDP_DROP</c>: the packet is dropped.</summary>
    Drop = 2,

    /// <summary><c>XDP_TX</c>: the packet is sent out of the interface on which it arrived.</summary>
    Tx = 3,
}
