namespace KernelSim.NetEbpfExt.Contexts;

/// <summary>The events of a connection: <c>bpf_sock_op_type_t</c>.</summary>
public enum SockOpType
{
    /// <summary><c>BPF_SOCK_OPS_ACTIVE_ESTABLISHED_CB</c>: an outgoing connection was established.</summary>
    ActiveEstablished = 0,

    /// <summary><c>BPF_SOCK_OPS_PASSIVE_ESTABLISHED_CB</c>: an incoming connection was established.</summary>
    PassiveEstablished = 1,

    /// <summary><c>BPF_SOCK_OPS_CONNECTION_DELETED_CB</c>: the connection ended.</summary>
    ConnectionDeleted = 2,
}
