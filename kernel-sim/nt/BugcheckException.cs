namespace KernelSim.Nt;

/// <summary>The machine has stopped. Unwinds every host thread that is in, or enters, its kernel.</summary>
public sealed class BugcheckException : Exception
{
    /// <summary>Creates the exception for a stopped machine.</summary>
    public BugcheckException(BugcheckRecord record)
        : base(Describe(record), record?.Cause)
    {
        Record = record!;
    }

    /// <summary>Why the machine stopped, and what its processors were doing.</summary>
    public BugcheckRecord Record { get; }

    private static string Describe(BugcheckRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        string parameters = string.Join(", ", record.Parameters.Select(p => $"0x{p:X}"));
        return $"*** STOP: 0x{(uint)record.Code:X8} ({parameters}) {record.Code}{(record.Detail is { } detail ? ": " + detail : null)}";
    }
}
