namespace KernelSim.NetEbpfExt.Events;

/// <summary>What becomes of an event.</summary>
public enum NetworkAction
{
    /// <summary>It goes on, and no program was asked.</summary>
    NotFiltered = 0,

    /// <summary>It goes on; what comes after may still object: XDP_PASS, BIND_PERMIT_SOFT, PROCEED_SOFT.</summary>
    Permit = 1,

    /// <summary>It goes on for good: BIND_PERMIT_HARD, PROCEED_HARD.</summary>
    PermitHard = 2,

    /// <summary>It goes on to where a program sent it.</summary>
    Redirect = 3,

    /// <summary>The packet goes back out of the interface that it came in on: XDP_TX.</summary>
    Transmit = 4,

    /// <summary>It ends here.</summary>
    Block = 5,
}
