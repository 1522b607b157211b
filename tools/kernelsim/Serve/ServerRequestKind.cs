namespace KernelSim.Tool.Serve;

/// <summary>The requests addressed to the server itself.</summary>
internal enum ServerRequestKind
{
    /// <summary><c>server_hello</c>: returns the server's description.</summary>
    Hello,

    /// <summary><c>server_stop</c>: ends the server.</summary>
    Stop,
}
