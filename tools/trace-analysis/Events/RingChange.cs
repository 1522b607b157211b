namespace KernelSim.TraceAnalysis.Events;

/// <summary>The events of a ring, named without their prefix <c>Ring</c>.</summary>
public enum RingChange
{
    /// <summary>An event that this version does not know.</summary>
    None,

    /// <summary>A record can be read.</summary>
    Submit,

    /// <summary>A record was discarded by its writer.</summary>
    Discard,

    /// <summary>A record was lost: it did not fit, or can never fit the ring.</summary>
    Lost,

    /// <summary>The event that a reader waits for was set.</summary>
    Wakeup,

    /// <summary>A reader returned room through the driver.</summary>
    Return,

    /// <summary>An asynchronous query ended.</summary>
    QueryComplete,
}
