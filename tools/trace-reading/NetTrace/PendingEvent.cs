namespace KernelSim.TraceAnalysis.NetTrace;

/// <summary>An event that waits for older ones of other threads.</summary>
/// <param name="Timestamp">Its tick.</param>
/// <param name="Kind">What it is.</param>
/// <param name="ThreadId">The thread that it is about.</param>
/// <param name="Values">Its fields.</param>
internal readonly record struct PendingEvent(long Timestamp, EventDescription Kind, long ThreadId, object?[] Values);
