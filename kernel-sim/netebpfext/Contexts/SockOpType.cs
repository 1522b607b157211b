namespace KernelSim.NetEbpfExt.Contexts;

/// <summary>What happened to a connection: <c>bpf_sock_op_type_t</c>.</summary>
public enum SockOpType
{
    /// <summary><c>BPF_SOCK_OPS_ACTIVE_ESTABLISHED_CB</c>: one that this machine asked for is there.</summary>
    ActiveEstablished = 0,

    /// <summary><c>BPF_SOCK_OPS_PASSIVE_ESTABLISHED_CB</c>: one that this machine was asked for is there.</summary>
    PassiveEstablished = 1,

    /// <summary><c>BPF_SOCK_OPS_CONNECTION_DELETED_CB</c>: it has ended.</summary>
    ConnectionDeleted = 2,
}
