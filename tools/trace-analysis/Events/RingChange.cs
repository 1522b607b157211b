namespace KernelSim.TraceAnalysis.Events;

/// <summary>What happened to a ring, named like its events without their <c>Ring</c>.</summary>
public enum RingChange
{
    /// <summary>Something that only another version of the simulator knows.</summary>
    None,

    /// <summary>A record can be read.</summary>
    Submit,

    /// <summary>A record was given up by its writer.</summary>
    Discard,

    /// <summary>A record found no room, or was none that the ring can hold.</summary>
    Lost,

    /// <summary>The event that a reader waits for was set.</summary>
    Wakeup,

    /// <summary>A reader gave room back through the driver.</summary>
    Return,

    /// <summary>An asynchronous query ended.</summary>
    QueryComplete,
}
