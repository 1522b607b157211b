namespace KernelSim.TraceAnalysis.Events;

/// <summary>Code touched memory that it may not touch.</summary>
/// <param name="Header">When, who, and all fields untyped.</param>
/// <param name="ProcessId">The process whose memory it was.</param>
/// <param name="Access">Read or write.</param>
/// <param name="Address">The address, as the writer of the event saw it.</param>
/// <param name="Length">Bytes wanted.</param>
/// <param name="Site">The code that did it.</param>
public sealed record AccessViolationEvent(EventHeader Header, int ProcessId, string Access, ulong Address, long Length, string Site)
    : TracedEvent(Header)
{
    /// <summary>True when it was a write.</summary>
    public bool IsWrite => Access.Equals("write", StringComparison.OrdinalIgnoreCase);

    internal static AccessViolationEvent From(EventHeader header)
    {
        EventPayload p = header.Payload;
        return new AccessViolationEvent(header, p.Int32("processId"), p.Text("access"), p.UInt64("address"), p.Int64("length"), p.Text("site"));
    }
}
