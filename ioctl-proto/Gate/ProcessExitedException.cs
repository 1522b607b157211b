namespace KernelSim.Protocol.Gate;

/// <summary>The simulated process that this code ran in has ended: it crashed, was killed, or exited.</summary>
public sealed class ProcessExitedException : Exception
{
    /// <summary>Makes the exception for a process.</summary>
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
