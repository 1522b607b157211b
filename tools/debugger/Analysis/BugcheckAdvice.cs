using KernelSim.Nt;

namespace KernelSim.Debugger.Analysis;

/// <summary>What each stop code means, and where to look: one row each.</summary>
internal static class BugcheckAdvice
{
    private static readonly (BugcheckCode Code, string Meaning, string Fix)[] s_rows =
    [
        (BugcheckCode.IrqlNotLessOrEqual,
            "a call that may block, or that needs PASSIVE_LEVEL, was made at a higher IRQL",
            "Leave the spin lock, or lower the IRQL, before the call: !irql and !locks show who holds what."),
        (BugcheckCode.SpinLockAlreadyOwned,
            "a thread acquired a spin lock that its processor already holds",
            "Look for the path that takes the lock twice: k shows the stack, !locks the locks held."),
        (BugcheckCode.SpinLockNotOwned,
            "a spin lock was released by a thread that does not hold it",
            "Release a lock where it was acquired, once: k shows the stack."),
        (BugcheckCode.ReferenceByPointer,
            "a reference count went below zero",
            "Some path drops a reference that it does not own: !object shows the counts, k the path."),
        (BugcheckCode.PageFaultInNonpagedArea,
            "kernel code touched memory that is not its own",
            "The first parameter is the address. If a BPF program did it, the detail names the instruction and what it missed: !progs, !prog."),
        (BugcheckCode.DriverIrqlNotLessOrEqual,
            "kernel code touched memory that is not its own, at DISPATCH_LEVEL",
            "The first parameter is the address. If a BPF program did it, the detail names the instruction and what it missed: !progs, !prog."),
        (BugcheckCode.DpcWatchdogViolation,
            "code at DISPATCH_LEVEL did not end",
            "The detail names the program and the instruction at which it was stopped: look for a loop whose condition does not change."),
        (BugcheckCode.BadPoolHeader,
            "the header of a pool block has been overwritten, most likely by what writes to the block before it",
            "!pool on the first parameter shows the block and its neighbours with their tags: compare the size of the one before with what its "
                + "owner writes."),
        (BugcheckCode.KmodeExceptionNotHandled,
            "kernel code threw an exception",
            "k shows where it was thrown; clrstack the whole stack."),
        (BugcheckCode.MultipleIrpCompleteRequests,
            "a request was completed twice",
            "Of completion and cancellation only one may complete a request: clear the cancel routine first. !irp shows the request."),
        (BugcheckCode.CancelStateInCompletedIrp,
            "a request was completed with its cancel routine still set",
            "Clear the cancel routine before completing the request."),
        (BugcheckCode.IrqlGtZeroAtSystemService,
            "a system call was made, or returned, above PASSIVE_LEVEL",
            "Lower the IRQL to what it was before returning: !irql shows it for each processor."),
        (BugcheckCode.BadPoolCaller,
            "pool was called with a bad tag, size or address",
            "Free each block once, with the tag that it was allocated with: !pool shows the block and !poolfind its tag's."),
        (BugcheckCode.DriverVerifierDetectedViolation,
            "locks were acquired against their order",
            "Acquire locks in the order of their ranks: !locks shows what each thread holds."),
        (BugcheckCode.DriverUnloadedWithoutCancelling,
            "the machine shut down while a driver still had work",
            "Complete or cancel all requests and work items in the driver's unload routine: !irpfind lists what is outstanding."),
        (BugcheckCode.KernelSecurityCheckFailure,
            "a driver found one of its own invariants broken, such as a reference count below zero",
            "k shows the path that found it; the first parameter is the object's id."),
    ];

    public static string Meaning(BugcheckCode code) => Find(code).Meaning ?? "its parameters are all that is known";

    public static string? Fix(BugcheckCode code) => Find(code).Fix;

    private static (BugcheckCode Code, string? Meaning, string? Fix) Find(BugcheckCode code) => Array.Find(s_rows, row => row.Code == code);
}
