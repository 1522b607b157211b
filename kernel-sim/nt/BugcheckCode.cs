namespace KernelSim.Nt;

/// <summary>Stop codes, as bugcodes.h numbers them.</summary>
public enum BugcheckCode : uint
{
    /// <summary>IRQL_NOT_LESS_OR_EQUAL: a call that may block, or an access to pageable memory, at too high an IRQL.</summary>
    IrqlNotLessOrEqual = 0x0A,

    /// <summary>SPIN_LOCK_ALREADY_OWNED: acquired twice on one processor.</summary>
    SpinLockAlreadyOwned = 0x0F,

    /// <summary>SPIN_LOCK_NOT_OWNED: released by a thread that does not hold it.</summary>
    SpinLockNotOwned = 0x10,

    /// <summary>REFERENCE_BY_POINTER: a reference count went below zero.</summary>
    ReferenceByPointer = 0x18,

    /// <summary>BAD_POOL_HEADER: the header of a pool block has been overwritten.</summary>
    BadPoolHeader = 0x19,

    /// <summary>KMODE_EXCEPTION_NOT_HANDLED: kernel code threw an exception.</summary>
    KmodeExceptionNotHandled = 0x1E,

    /// <summary>MULTIPLE_IRP_COMPLETE_REQUESTS: a request was completed twice.</summary>
    MultipleIrpCompleteRequests = 0x44,

    /// <summary>CANCEL_STATE_IN_COMPLETED_IRP: completed with a cancel routine still set.</summary>
    CancelStateInCompletedIrp = 0x48,

    /// <summary>PAGE_FAULT_IN_NONPAGED_AREA.</summary>
    PageFaultInNonpagedArea = 0x50,

    /// <summary>IRQL_GT_ZERO_AT_SYSTEM_SERVICE: a system call was made, or returned, above PASSIVE_LEVEL.</summary>
    IrqlGtZeroAtSystemService = 0x4A,

    /// <summary>BAD_POOL_CALLER: a bad tag, size, or free.</summary>
    BadPoolCaller = 0xC2,

    /// <summary>DRIVER_IRQL_NOT_LESS_OR_EQUAL.</summary>
    DriverIrqlNotLessOrEqual = 0xD1,

    /// <summary>DRIVER_VERIFIER_DETECTED_VIOLATION.</summary>
    DriverVerifierDetectedViolation = 0xC4,

    /// <summary>DRIVER_UNLOADED_WITHOUT_CANCELLING_PENDING_OPERATIONS.</summary>
    DriverUnloadedWithoutCancelling = 0xCE,

    /// <summary>DPC_WATCHDOG_VIOLATION: code at DISPATCH_LEVEL or above ran for too long.</summary>
    DpcWatchdogViolation = 0x133,

    /// <summary>KERNEL_SECURITY_CHECK_FAILURE: the stop code of <c>__fastfail</c>.</summary>
    KernelSecurityCheckFailure = 0x139,
}
