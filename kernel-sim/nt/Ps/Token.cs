namespace KernelSim.Nt.Ps;

/// <summary>Who a process runs as.</summary>
/// <param name="IsAdministrator">True: member of the administrators group, elevated.</param>
public sealed record Token(bool IsAdministrator);
