namespace KernelSim.Nt.Ke;

/// <summary>What a record of the flight recorder is about. <see cref="FlightKindTable"/> says what its numbers are.</summary>
public enum FlightKind
{
    /// <summary>No record.</summary>
    None = 0,

    /// <summary>A system call other than a control request was entered.</summary>
    Call = 1,

    /// <summary>Such a system call returned an error.</summary>
    CallFailed = 2,

    /// <summary>A thread was inside a control request when the machine stopped.</summary>
    Ioctl = 3,

    /// <summary>A control request was completed: with which status, and how many bytes it moved, by stage.</summary>
    IoctlCompleted = 4,

    /// <summary>A check refused.</summary>
    Refusal = 5,

    /// <summary>The element of a batch that the refusal before it was about.</summary>
    RefusedElement = 6,

    /// <summary>A request stayed pending.</summary>
    IrpPending = 7,

    /// <summary>A pending request was cancelled.</summary>
    IrpCancel = 8,

    /// <summary>Memory of a process could not be accessed.</summary>
    AccessViolation = 9,

    /// <summary>A process was created.</summary>
    ProcessStart = 10,

    /// <summary>A process was run down.</summary>
    ProcessExit = 11,

    /// <summary>A driver was loaded, or could not be.</summary>
    DriverLoad = 12,

    /// <summary>A driver was unloaded, or could not be.</summary>
    DriverUnload = 13,

    /// <summary>The machine stopped.</summary>
    Bugcheck = 14,

    /// <summary>A thread raised its IRQL. Checked builds only.</summary>
    IrqlRaise = 15,

    /// <summary>A thread lowered its IRQL. Checked builds only.</summary>
    IrqlLower = 16,

    /// <summary>The first of the kinds that drivers define: <see cref="IFlightNames.WordingOf"/> says what they are.</summary>
    FirstOfDrivers = 64,
}
