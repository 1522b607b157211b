namespace KernelSim.NetEbpfExt.SockAddr;

/// <summary>What a hook does if a program has changed the destination in the context.</summary>
internal enum DestinationWrites
{
    /// <summary>Redirects the connection, and runs no further program: connect.</summary>
    Redirect,

    /// <summary>Restores the whole context before the next program sees it: connect authorization.</summary>
    TakenBack,

    /// <summary>Ignores it; the next program sees the changed context: bind.</summary>
    Ignored,
}
