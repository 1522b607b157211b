using KernelSim.Nt.Io;
using KernelSim.Nt.Ke;

namespace KernelSim.Nt.Ps;

public sealed partial class PsProcess
{
    /// <summary>Its outstanding requests.</summary>
    internal IrpList Requests { get; } = new();

    private partial void CancelRequests(KeThread current) => Requests.CancelAll(current, file: null);
}
