namespace KernelSim.NetEbpfExt.Contexts;

/// <summary>What a BIND program can answer: <c>bind_action_t</c>. Anything else denies.</summary>
public enum BindAction
{
    /// <summary><c>BIND_PERMIT_SOFT</c>, <c>BIND_PERMIT</c>: allowed, unless another filter objects.</summary>
    PermitSoft = 0,

    /// <summary><c>BIND_DENY</c>: refused.</summary>
    Deny = 1,

    /// <summary><c>BIND_REDIRECT</c>: allowed; the program may have written another address into the context.</summary>
    Redirect = 2,

    /// <summary><c>BIND_PERMIT_HARD</c>: allowed for good.</summary>
    PermitHard = 3,
}
