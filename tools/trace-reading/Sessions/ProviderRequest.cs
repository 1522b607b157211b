using System.Diagnostics.Tracing;

namespace KernelSim.TraceAnalysis.Sessions;

/// <summary>A session's request to one provider.</summary>
/// <param name="Name">Name of the provider, not necessarily one of KernelSim's.</param>
/// <param name="Level">The least severe level.</param>
/// <param name="Keywords">The keywords, any of which suffices; -1: all.</param>
public sealed record ProviderRequest(string Name, EventLevel Level, long Keywords = -1)
{
    /// <summary>
    /// A provider of the runtime that writes an event every second. A session delivers its events in blocks: without it, the last few of
    /// an idle process would not arrive until the process writes more.
    /// </summary>
    internal static ProviderRequest Heartbeat { get; } = new("System.Runtime", EventLevel.Informational, 0)
    {
        Arguments = "EventCounterIntervalSec=1",
    };

    /// <summary>Arguments for the provider, as <c>KEY=VALUE</c>; null: none.</summary>
    internal string? Arguments { get; private init; }
}
