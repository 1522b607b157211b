namespace KernelSim.TraceAnalysis.Events;

/// <summary>What the application allocated for an argument: the application's testimony.</summary>
/// <param name="Header">When, who, and all fields untyped.</param>
/// <param name="ProcessId">The process that made the call; 0 in traces of simulators that did not say.</param>
/// <param name="Function">The function called.</param>
/// <param name="What">Which argument.</param>
/// <param name="Address">Where it begins.</param>
/// <param name="Bytes">What is left of its heap block from there on.</param>
public sealed record ApplicationBufferEvent(EventHeader Header, int ProcessId, string Function, string What, ulong Address, long Bytes)
    : TracedEvent(Header)
{
    internal static ApplicationBufferEvent From(EventHeader header)
    {
        EventPayload p = header.Payload;
        return new ApplicationBufferEvent(
            header, p.Int32("processId"), p.Text("function"), p.Text("what"), p.UInt64("address"), p.Int64("bytes"));
    }
}
