namespace KernelSim.Protocol.Gate;

/// <summary>
/// A simulated hardware exception: user-mode code touched memory that it may not touch. It unwinds that code up to the edge of
/// the library, where it ends the simulated process. Kernel code never sees it: the kernel uses the Try methods of <see cref="IUserMemory"/>.
/// </summary>
public sealed class AccessViolationFault : Exception
{
    /// <summary>Creates the fault for one violation.</summary>
    public AccessViolationFault(AccessViolation violation)
        : base(violation.ToString())
    {
        Violation = violation;
    }

    /// <summary>The access that faulted.</summary>
    public AccessViolation Violation { get; }
}
