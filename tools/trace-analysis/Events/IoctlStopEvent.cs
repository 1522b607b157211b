namespace KernelSim.TraceAnalysis.Events;

/// <summary>A control request completed.</summary>
/// <param name="Header">When, who, and all fields untyped.</param>
/// <param name="Operation">The operation's name.</param>
/// <param name="Status">The NTSTATUS by name.</param>
/// <param name="Information">Length of the reply in bytes.</param>
public sealed record IoctlStopEvent(EventHeader Header, string Operation, string Status, long Information)
    : TracedEvent(Header)
{
    internal static IoctlStopEvent From(EventHeader header)
    {
        EventPayload p = header.Payload;
        return new IoctlStopEvent(header, p.Text("operation"), p.Text("status"), p.Int64("information"));
    }
}
