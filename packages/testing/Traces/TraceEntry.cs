using System.Diagnostics.Tracing;

namespace KernelSim.Testing;

/// <summary>An event as it was written, until somebody reads it.</summary>
/// <param name="Time">The host's timestamp.</param>
/// <param name="Written">The event. The runtime makes one for each, and does not use it again.</param>
internal readonly record struct TraceEntry(long Time, EventWrittenEventArgs Written);
