namespace KernelSim.NetEbpfExt.Contexts;

/// <summary>What happens to a local address: <c>bind_operation_t</c>.</summary>
public enum BindOperation
{
    /// <summary><c>BIND_OPERATION_BIND</c>: a socket asks for it.</summary>
    Bind = 0,

    /// <summary><c>BIND_OPERATION_POST_BIND</c>: it has been given. Nobody sends it.</summary>
    PostBind = 1,

    /// <summary><c>BIND_OPERATION_UNBIND</c>: the socket lets it go.</summary>
    Unbind = 2,
}
