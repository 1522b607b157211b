namespace KernelSim.Nt;

/// <summary>The machine has stopped. Unwinds every host thread that is in, or enters, its kernel.</summary>
public sealed class BugcheckException : Exception
{
    /// <summary>Makes the exception for a stopped machine.</summary>
    public BugcheckException(BugcheckRecord record)
        : base($"*** STOP: 0x{(uint)record.Code:X8} ({record.Code})")
    {
        Record = record;
    }

    /// <summary>How it stopped.</summary>
    public BugcheckRecord Record { get; }
}
