namespace KernelSim.NetEbpfExt.Contexts;

/// <summary>The operation on a local address: <c>bind_operation_t</c>.</summary>
public enum BindOperation
{
    /// <summary><c>BIND_OPERATION_BIND</c>: a socket asks for it.</summary>
    Bind = 0,

    /// <summary><c>BIND_OPERATION_POST_BIND</c>: it has been assigned. Never sent.</summary>
    PostBind = 1,

    /// <summary><c>BIND_OPERATION_UNBIND</c>: the socket releases it.</summary>
    Unbind = 2,
}
