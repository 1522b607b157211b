namespace KernelSim.NetEbpfExt.Contexts;

/// <summary>The return values of a BIND program: <c>bind_action_t</c>. Any other value denies.</summary>
public enum BindAction
{
    /// <summary><c>BIND_PERMIT_SOFT</c>, <c>BIND_PERMIT</c>: allowed, unless another filter objects.</summary>
    PermitSoft = 0,

    /// <summary><c>BIND_DENY</c>: refused.</summary>
    Deny = 1,

    /// <summary><c>BIND_REDIRECT</c>: allowed; the program may have written another address into the context.</summary>
    Redirect = 2,

    /// <summary><c>BIND_PERMIT_HARD</c>: allowed, and no other filter can object.</summary>
    PermitHard = 3,
}
