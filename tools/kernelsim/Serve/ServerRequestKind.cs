namespace KernelSim.Tool.Serve;

/// <summary>What a line wants of the server itself.</summary>
internal enum ServerRequestKind
{
    /// <summary><c>server_hello</c>: to know who it is.</summary>
    Hello,

    /// <summary><c>server_stop</c>: that it ends.</summary>
    Stop,
}
