namespace KernelSim.NetEbpfExt.Events;

/// <summary>The outcome of an event.</summary>
public enum NetworkAction
{
    /// <summary>Permitted; no program was run.</summary>
    NotFiltered = 0,

    /// <summary>Permitted, unless a later filter objects: XDP_PASS, BIND_PERMIT_SOFT, PROCEED_SOFT.</summary>
    Permit = 1,

    /// <summary>Permitted, and no later filter can object: BIND_PERMIT_HARD, PROCEED_HARD.</summary>
    PermitHard = 2,

    /// <summary>Redirected to the address that a program set.</summary>
    Redirect = 3,

    /// <summary>The packet is sent out of the interface on which it arrived: XDP_TX.</summary>
    Transmit = 4,

    /// <summary>Blocked or dropped.</summary>
    Block = 5,
}
