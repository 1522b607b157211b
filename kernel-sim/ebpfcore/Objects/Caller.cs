using KernelSim.Nt.Ke;
using KernelSim.Nt.Ps;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;

namespace KernelSim.EbpfCore.Objects;

/// <summary>
/// The caller that an operation serves: its thread, the process whose handles it may name, and the site that its checks report in traces.
/// </summary>
/// <remarks>Handles are looked up and created by <see cref="ObjectHandles"/>.</remarks>
internal readonly ref struct Caller(CoreContext core, KeThread current, PsProcess? process, string site)
{
    /// <summary>The driver that serves the operation.</summary>
    public CoreContext Core { get; } = core;

    /// <summary>The calling thread.</summary>
    public KeThread Current { get; } = current;

    /// <summary>The requesting process; null for the system.</summary>
    public PsProcess? Process { get; } = process;

    /// <summary>The site that checks report in traces, such as <c>ebpfcore:create_map</c>.</summary>
    public string Site { get; } = site;

    /// <summary>The result of the check that last refused: what an operation returns once <see cref="Require"/> has returned false.</summary>
    public EbpfResult Refused => Current.RefusedResult;

    /// <summary>Makes a check with this caller's site: <see cref="KeThread.Require"/>.</summary>
    public bool Require(bool passed, Check check, long given, long expected) => Current.Require(passed, check, Site, given, expected);

    /// <summary>Traces a refusal that follows from another one of the same request: <see cref="KeThread.ReportConsequence"/>.</summary>
    /// <returns>The check's result.</returns>
    public EbpfResult ReportConsequence(EbpfCheck check, long given, long expected)
    {
        Current.ReportConsequence(check, Site, given, expected);
        return check.Result;
    }
}
