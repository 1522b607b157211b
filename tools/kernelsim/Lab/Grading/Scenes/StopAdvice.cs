using KernelSim.Nt;

namespace KernelSim.Tool.Lab.Grading.Scenes;

/// <summary>What a bugcheck says about a student's driver.</summary>
internal static class StopAdvice
{
    /// <summary>First parameters of DRIVER_VERIFIER_DETECTED_VIOLATION; the rest are about the order of locks.</summary>
    private const int FirstOfLockOrder = 0x1000;

    private static readonly Dictionary<BugcheckCode, string> s_rows = new()
    {
        [BugcheckCode.IrqlNotLessOrEqual] =
            "code at DISPATCH_LEVEL, in a DPC, in a cancel routine or under a spin lock, waited or called what may wait: leave that to a work item",
        [BugcheckCode.SpinLockAlreadyOwned] = "a spin lock was taken by code that held it already: a real processor would spin forever",
        [BugcheckCode.SpinLockNotOwned] = "a spin lock was released by code that did not hold it",
        [BugcheckCode.ReferenceByPointer] = "a reference, or a rundown protection, was released once too often",
        [BugcheckCode.BadPoolHeader] = "bytes were written outside of a pool block, or into one that had been freed",
        [BugcheckCode.BadPoolCaller] =
            "pool got a size, a tag or an address that it did not expect: free each block once, with the tag that it was allocated with",
        [BugcheckCode.KmodeExceptionNotHandled] = "the driver threw an exception, which nothing in a kernel catches",
        [BugcheckCode.MultipleIrpCompleteRequests] =
            "a request was completed twice: of all that could complete it, only the one that gets its cancel routine from SetCancelRoutine(null) may",
        [BugcheckCode.CancelStateInCompletedIrp] =
            "a request was completed with its cancel routine set: call SetCancelRoutine(null) first, and complete only if it returns the routine",
        [BugcheckCode.IrqlGtZeroAtSystemService] = "a routine returned at a higher IRQL than it was called at: release each lock before",
        [BugcheckCode.DriverUnloadedWithoutCancelling] = "the driver was unloaded while it held requests that it had not completed",
    };

    private static readonly Dictionary<ulong, string> s_violations = new()
    {
        [1] = "the dispatch routine returned STATUS_PENDING for a request that it had not marked: call MarkPending before anybody can complete it",
        [2] = "the dispatch routine must complete the request and return its status, or mark it pending and return STATUS_PENDING",
        [3] = "a request was completed with STATUS_PENDING, which is no end",
        [4] = "a request was completed with more bytes than the caller has room for: compare OutputLength first",
    };

    /// <summary>A sentence for a bugcheck.</summary>
    public static string Of(BugcheckFact stop) => (BugcheckCode)stop.Code switch
    {
        BugcheckCode.DriverVerifierDetectedViolation when stop.Parameter >= FirstOfLockOrder => "two locks were taken in the wrong order",
        BugcheckCode.DriverVerifierDetectedViolation => s_violations.GetValueOrDefault(stop.Parameter, "README.md, If the machine stops"),
        BugcheckCode code => s_rows.GetValueOrDefault(code, "README.md, If the machine stops"),
    };
}
