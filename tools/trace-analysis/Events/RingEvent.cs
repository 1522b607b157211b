namespace KernelSim.TraceAnalysis.Events;

/// <summary>An event of a ring buffer, or of one ring of a perf event array.</summary>
/// <param name="Header">When, who, and all fields untyped.</param>
/// <param name="MapId">The map's id.</param>
/// <param name="Ring">Index of the ring in the map: the processor of a perf event array, otherwise 0.</param>
/// <param name="Bytes">Size of the record in bytes; 0 if there is none.</param>
/// <param name="Lost">Number of records that the ring has lost so far, if it counts them.</param>
public sealed record RingEvent(EventHeader Header, long MapId, int Ring, long Bytes, ulong Lost)
    : TracedEvent(Header)
{
    /// <summary>The kind of event.</summary>
    public RingChange Change => Enum.TryParse(Header.Name["Ring".Length..], out RingChange change) ? change : RingChange.None;
}
