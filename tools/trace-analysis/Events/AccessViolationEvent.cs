namespace KernelSim.TraceAnalysis.Events;

/// <summary>Code accessed memory that it may not access.</summary>
/// <param name="Header">The fields common to all events, and the untyped payload.</param>
/// <param name="ProcessId">The process that the memory belongs to.</param>
/// <param name="Access">Read or write.</param>
/// <param name="Address">The address, as seen by the writer of the event.</param>
/// <param name="Length">Bytes to be accessed.</param>
/// <param name="Site">The code that made the access.</param>
public sealed record AccessViolationEvent(EventHeader Header, int ProcessId, string Access, ulong Address, long Length, string Site)
    : TracedEvent(Header)
{
    /// <summary>True for a write.</summary>
    public bool IsWrite => Access.Equals("write", StringComparison.OrdinalIgnoreCase);
}
