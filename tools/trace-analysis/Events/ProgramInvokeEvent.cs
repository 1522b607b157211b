namespace KernelSim.TraceAnalysis.Events;

/// <summary>A program ran, with the programs that it called in its place.</summary>
/// <param name="Header">When, who, and all fields untyped.</param>
/// <param name="ProgramId">The program's id.</param>
/// <param name="Name">Its name.</param>
/// <param name="ReturnValue">What it returned.</param>
/// <param name="TailCalls">Programs that ran in its place, one after the other.</param>
public sealed record ProgramInvokeEvent(EventHeader Header, long ProgramId, string Name, long ReturnValue, long TailCalls)
    : TracedEvent(Header)
{
    internal static ProgramInvokeEvent From(EventHeader header)
    {
        EventPayload p = header.Payload;
        return new ProgramInvokeEvent(header, p.Int64("programId"), p.Text("name"), p.Int64("returnValue"), p.Int64("tailCalls"));
    }
}
