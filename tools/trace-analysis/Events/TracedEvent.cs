namespace KernelSim.TraceAnalysis.Events;

/// One event of a trace. The derived types give its fields names and types; an event without a type of its own is an
/// <see cref="OtherEvent"/>.
/// <param name="Header">When, who, and all fields untyped.</param>
public abstract record TracedEvent(EventHeader Header)
{
    /// <summary>Index in the trace, from 0.</summary>
    public int Position => Header.Position;

    /// <summary>The API call or request that it belongs to; 0 outside one.</summary>
    public ulong RequestId { get; } = Header.Payload.UInt64("requestId");

    /// <summary>The processor that it happened on; -1 is user mode.</summary>
    public int Processor { get; } = Header.Payload.Int32("processor");

    /// <summary>Sequence number among the events of its provider and host process; 0 in traces of versions that did not number them.</summary>
    public ulong Sequence => Header.Payload.Sequence;

    /// <summary>True when user-mode code wrote it.</summary>
    public bool IsUserMode => Processor < 0;
}
