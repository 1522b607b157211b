namespace KernelSim.Nt.Ps;

/// <summary>The user that a process runs as.</summary>
/// <param name="IsAdministrator">True for an elevated member of the administrators group.</param>
public sealed record Token(bool IsAdministrator)
{
    /// <summary>The logon session, a LUID: <c>SeQueryAuthenticationIdToken</c>. All processes of a machine share one interactive session.</summary>
    public ulong LogonId { get; init; } = 0x3F2A1;
}
