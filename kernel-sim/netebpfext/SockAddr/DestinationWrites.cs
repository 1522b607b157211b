namespace KernelSim.NetEbpfExt.SockAddr;

/// <summary>What a hook does when a program has written another destination into the context.</summary>
internal enum DestinationWrites
{
    /// <summary>The connection goes there, and nobody else is asked: connect.</summary>
    Redirect,

    /// <summary>The whole context is put back before the next program sees it: connect authorization.</summary>
    TakenBack,

    /// <summary>Nothing; the next program sees what the one before has written: bind.</summary>
    Ignored,
}
