using KernelSim.Debugger.Targets;
using KernelSim.Nt.Ps;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;

namespace KernelSim.Debugger.Structures;

/// <summary>What a machine keeps of a process that has ended.</summary>
/// <param name="process">The <see cref="EndedProcess"/>.</param>
internal sealed class EndedProcessView(ITargetObject process)
{
    private static readonly KernelField s_id = KernelField.Of<EndedProcess>(nameof(EndedProcess.Id));
    private static readonly KernelField s_name = KernelField.Of<EndedProcess>(nameof(EndedProcess.Name));
    private static readonly KernelField s_administrator = KernelField.Of<EndedProcess>(nameof(EndedProcess.IsAdministrator));
    private static readonly KernelField s_status = KernelField.Of<EndedProcess>(nameof(EndedProcess.Status));
    private static readonly KernelField s_hasFault = KernelField.Of<EndedProcess>(nameof(EndedProcess.HasFault));
    private static readonly KernelField s_access = KernelField.Of<EndedProcess>(nameof(EndedProcess.FaultAccess));
    private static readonly KernelField s_address = KernelField.Of<EndedProcess>(nameof(EndedProcess.FaultAddress));
    private static readonly KernelField s_start = KernelField.Of<EndedProcess>(nameof(EndedProcess.FaultStart));
    private static readonly KernelField s_length = KernelField.Of<EndedProcess>(nameof(EndedProcess.FaultLength));
    private static readonly KernelField s_site = KernelField.Of<EndedProcess>(nameof(EndedProcess.FaultSite));

    public uint Id => (uint)process.Integer(s_id);

    public string Name => process.Text(s_name) ?? "";

    public bool IsAdministrator => process.Flag(s_administrator);

    public NtStatus Status => new((uint)process.Integer(s_status));

    /// <summary>The fault that ended it; null if none did.</summary>
    public AccessViolation? Fault => process.Flag(s_hasFault)
        ? new AccessViolation(
            (MemoryAccess)process.Integer(s_access),
            process.Pointer(s_address),
            process.Pointer(s_start),
            (uint)process.Integer(s_length),
            process.Text(s_site) ?? "")
        : null;
}
