namespace KernelSim.Protocol.Gate;

/// <summary>The simulated process in which this code ran has exited, crashed or been killed.</summary>
public sealed class ProcessExitedException : Exception
{
    /// <summary>Creates the exception for a process.</summary>
    /// <param name="processId">The process that has ended.</param>
    /// <param name="violation">The access violation that ended it, if one did.</param>
    public ProcessExitedException(int processId, AccessViolation? violation)
        : base(violation is { } v ? $"process {processId} ended: {v}" : $"process {processId} has ended")
    {
        ProcessId = processId;
        Violation = violation;
    }

    /// <summary>The process that has ended.</summary>
    public int ProcessId { get; }

    /// <summary>The access violation that ended it, if one did.</summary>
    public AccessViolation? Violation { get; }
}
