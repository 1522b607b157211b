namespace KernelSim.Nt.Ps;

/// <summary>What is kept of a process that has ended, for debuggers.</summary>
internal sealed class EndedProcess(PsProcess process)
{
    internal readonly int Id = process.Id;
    internal readonly string Name = process.Name;
    internal readonly bool IsAdministrator = process.Token.IsAdministrator;
    internal readonly uint Status = process.ExitStatus?.Value ?? 0;

    // The fault that ended it: length 0 and no site if there was none.
    internal readonly bool HasFault = process.Fault is not null;
    internal readonly int FaultAccess = (int)(process.Fault?.Access ?? 0);
    internal readonly ulong FaultAddress = process.Fault?.Address ?? 0;
    internal readonly ulong FaultStart = process.Fault?.Start ?? 0;
    internal readonly uint FaultLength = process.Fault?.Length ?? 0;
    internal readonly string? FaultSite = process.Fault?.Site;
}
