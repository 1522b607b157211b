namespace KernelSim.Nt.Ps;

/// <summary>Who a process runs as.</summary>
/// <param name="IsAdministrator">True: member of the administrators group, elevated.</param>
public sealed record Token(bool IsAdministrator)
{
    /// <summary>The logon session, a LUID: <c>SeQueryAuthenticationIdToken</c>. All processes of a machine are of one interactive session.</summary>
    public ulong LogonId { get; init; } = 0x3F2A1;
}
