namespace KernelSim.NetEbpfExt.Events;

/// <summary>What happens in the simulated network, and so which hooks are asked.</summary>
public enum NetworkEventKind
{
    /// <summary>A packet comes in on an interface: XDP.</summary>
    Packet = 0,

    /// <summary>A socket asks for a local address: BIND, then CGROUP_INET4_BIND or CGROUP_INET6_BIND.</summary>
    Bind = 1,

    /// <summary>A socket lets its local address go: BIND. It cannot be refused.</summary>
    Unbind = 2,

    /// <summary>A socket connects: CONNECT, then CONNECT_AUTHORIZATION.</summary>
    Connect = 3,

    /// <summary>Somebody connects to a socket here: RECV_ACCEPT.</summary>
    Accept = 4,

    /// <summary>A socket begins to listen: LISTEN.</summary>
    Listen = 5,

    /// <summary>A connection that this machine asked for is there: SOCK_OPS.</summary>
    ConnectionEstablished = 6,

    /// <summary>A connection that this machine was asked for is there: SOCK_OPS.</summary>
    ConnectionAccepted = 7,

    /// <summary>A connection has ended: SOCK_OPS. It cannot be refused.</summary>
    ConnectionClosed = 8,
}
