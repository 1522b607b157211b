namespace KernelSim.NetEbpfExt.Events;

/// <summary>The kinds of events in the simulated network, and the hooks that they run.</summary>
public enum NetworkEventKind
{
    /// <summary>A packet arrives on an interface: XDP.</summary>
    Packet = 0,

    /// <summary>A socket asks for a local address: BIND, then CGROUP_INET4_BIND or CGROUP_INET6_BIND.</summary>
    Bind = 1,

    /// <summary>A socket releases its local address: BIND. It cannot be refused.</summary>
    Unbind = 2,

    /// <summary>A socket connects: CONNECT, then CONNECT_AUTHORIZATION.</summary>
    Connect = 3,

    /// <summary>A remote host connects to a local socket: RECV_ACCEPT.</summary>
    Accept = 4,

    /// <summary>A socket starts to listen: LISTEN.</summary>
    Listen = 5,

    /// <summary>An outgoing connection was established: SOCK_OPS.</summary>
    ConnectionEstablished = 6,

    /// <summary>An incoming connection was established: SOCK_OPS.</summary>
    ConnectionAccepted = 7,

    /// <summary>A connection ended: SOCK_OPS. It cannot be refused.</summary>
    ConnectionClosed = 8,
}
