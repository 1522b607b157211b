namespace KernelSim.TraceAnalysis.Events;

/// <summary>Something happened to a ring buffer, or to one ring of a perf event array.</summary>
/// <param name="Header">When, who, and all fields untyped.</param>
/// <param name="MapId">The map's id.</param>
/// <param name="Ring">Which ring of the map: the processor of a perf event array, else 0.</param>
/// <param name="Bytes">Bytes of the record; 0 where it is about none.</param>
/// <param name="Lost">Records that the ring has lost so far, as far as it counts them.</param>
public sealed record RingEvent(EventHeader Header, long MapId, int Ring, long Bytes, ulong Lost)
    : TracedEvent(Header)
{
    /// <summary>What happened.</summary>
    public RingChange Change => Enum.TryParse(Header.Name["Ring".Length..], out RingChange change) ? change : RingChange.None;

    internal static RingEvent From(EventHeader header)
    {
        EventPayload p = header.Payload;
        return new RingEvent(header, p.Int64("mapId"), p.Int32("ring"), p.Int64("bytes"), p.UInt64("lost"));
    }
}
