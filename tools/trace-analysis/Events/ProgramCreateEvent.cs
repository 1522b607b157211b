namespace KernelSim.TraceAnalysis.Events;

/// <summary>A program was created, without code.</summary>
/// <param name="Header">When, who, and all fields untyped.</param>
/// <param name="ProgramId">The program's id.</param>
/// <param name="Name">Name of the program.</param>
/// <param name="ProgramType">Its type, by name or GUID.</param>
public sealed record ProgramCreateEvent(EventHeader Header, long ProgramId, string Name, string ProgramType)
    : TracedEvent(Header)
{
    internal static ProgramCreateEvent From(EventHeader header)
    {
        EventPayload p = header.Payload;
        return new ProgramCreateEvent(header, p.Int64("programId"), p.Text("name"), p.Text("programType"));
    }
}
