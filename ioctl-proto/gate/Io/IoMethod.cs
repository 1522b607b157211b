namespace KernelSim.Protocol;

/// <summary>How the I/O manager passes the buffers of a control request.</summary>
public enum IoMethod : byte
{
    /// <summary>METHOD_BUFFERED: the I/O manager copies in and out through one system buffer.</summary>
    Buffered = 0,

    /// <summary>METHOD_IN_DIRECT.</summary>
    InDirect = 1,

    /// <summary>METHOD_OUT_DIRECT.</summary>
    OutDirect = 2,

    /// <summary>METHOD_NEITHER: the driver gets user addresses.</summary>
    Neither = 3,
}
