using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.TraceAnalysis.Events;

namespace KernelSim.TraceAnalysis.Failures;

/// <summary>Why a request failed: from what the program saw back to the check or the access that caused it, and the fix.</summary>
public sealed class FailureStory
{
    /// <summary>Reads the story out of a request, with the coverage and the completeness of its trace.</summary>
    public FailureStory(RequestView request)
        : this(request, request.Coverage, request.IsOfWholeTrace)
    {
    }

    /// <summary>Reads the story out of a request.</summary>
    /// <param name="request">The request to explain, with what came before it that its story needs.</param>
    /// <param name="coverage">What the recording shows that it recorded.</param>
    /// <param name="isComplete">Whether nothing of the recording is known to be missing.</param>
    public FailureStory(RequestView request, Coverage coverage, bool isComplete)
    {
        Request = request;
        Coverage = coverage;
        IsComplete = isComplete;
        Fault = FaultView.Of(request);
        Check = request.Refusal is { } refusal ? CheckTable.Find(refusal.Check) : MissingCheck();
        Kind = Fault is not null ? FailureKind.Fault
            : request.Refusal is not null ? FailureKind.Refused
            : Errno is not null ? FailureKind.Failed
            : request.Witnesses.FirstDisagreement is not null ? FailureKind.Disagreement
            : FailureKind.None;
    }

    /// <summary>The analysed request.</summary>
    public RequestView Request { get; }

    /// <summary>What the recording shows that it recorded: what it does not may have happened all the same.</summary>
    public Coverage Coverage { get; }

    /// <summary>Whether nothing of the recording is known to be missing.</summary>
    public bool IsComplete { get; }

    /// <summary>How it went wrong.</summary>
    public FailureKind Kind { get; }

    /// <summary>
    /// The errno by name; null if it did not fail. If the trace does not show the call return, it is what the library decodes the status of
    /// the last control request to.
    /// </summary>
    public string? Errno => Request.Stop is { } stop ? (stop.Result < 0 ? stop.Errno : null) : UnreturnedStop?.Errno;

    /// <summary>The fault that ended it; null if there was none.</summary>
    public FaultView? Fault { get; }

    /// <summary>The check that refused; for a fault of the library, the one that the checked library makes in its place. Null otherwise.</summary>
    public Check? Check { get; }

    /// <summary>The process that made the call; 0 if unknown.</summary>
    public int ProcessId => Request.ProcessId;

    /// <summary>The library that was used; null if unknown.</summary>
    public LibraryOpenEvent? Library => Request.Library;

    /// <summary>The copies before the end, with neighbours folded.</summary>
    public IReadOnlyList<LedgerRun> Copies =>
        LedgerRun.Fold(Request.Ledger.Where(r => r.Kind is LedgerKind.Copy && r.Event.Position < EndPosition));

    /// <summary>From what the program saw back to the cause.</summary>
    public IEnumerable<CauseStep> Chain()
    {
        if (Request.Stop is { Result: < 0 } stop)
        {
            yield return new CauseStep("errno", stop.Errno, $"{stop.Function} returned {stop.Result}", stop.Position);
        }

        ErrnoMappedEvent? mapped = Request.Events.OfType<ErrnoMappedEvent>().LastOrDefault();
        if (mapped is null && UnreturnedStop is { } failed && NtStatus.TryParse(failed.Status, out NtStatus status))
        {
            string result = ResultConversions.NameOf(ResultConversions.SeenThroughIoctl(status));
            yield return new CauseStep("errno", failed.Errno!, "the trace does not show the call return; the library makes this of the result", -1);
            yield return new CauseStep("result", result, "the library makes this of the last error", -1);
            yield return new CauseStep(
                "win32", ResultConversions.ToDeviceIoControlError(status).Name, "DeviceIoControl leaves this in the last error", -1);
            yield return new CauseStep("status", failed.Status, "the request completed with it", failed.Position);
        }

        if (mapped is not null)
        {
            yield return new CauseStep("result", mapped.Result, $"the library made {mapped.Errno} of it", mapped.Position);
            yield return new CauseStep("win32", mapped.Win32, "DeviceIoControl left it in the last error", mapped.Position);
            yield return new CauseStep("status", mapped.Status, "the request completed with it", StatusPosition(mapped));
        }

        if (Request.Refusal is { } refusal)
        {
            yield return new CauseStep("result", refusal.Result, $"{refusal.Site} answered it", refusal.Position);
            yield return new CauseStep("check", refusal.Check, Compared(), Request.RefusedCheck?.Position ?? refusal.Position);
        }

        if (Fault is { } fault)
        {
            yield return new CauseStep("fault", fault.Event.Site, $"{fault.Event.Access} of {fault.Event.Length} bytes", fault.Event.Position);
        }
    }

    /// <summary>The last control request's failed completion, if the trace does not show the call return; null otherwise.</summary>
    private IoctlStopEvent? UnreturnedStop =>
        Fault is null && Request is { Stop: null, Ioctls: [.., { Stop: { Errno: not null } stop }] } ? stop : null;

    private int EndPosition => Fault?.Event.Position ?? Request.Refusal?.Position ?? int.MaxValue;

    private int StatusPosition(ErrnoMappedEvent mapped) =>
        Request.Ioctls.LastOrDefault(i => i.Stop?.Status == mapped.Status)?.Stop?.Position ?? mapped.Position;

    private string Compared() => Request.RefusedCheck is { } check
        ? $"{check.What}: {check.Describe()}"
        : "the trace has no numbers of it";

    /// <summary>An unchecked library faults where the checked library compares the buffer with what the call would touch.</summary>
    private EbpfCheck? MissingCheck() => Request.Fault?.Site is { } site ? SiteChecks.Find(site) : null;
}
