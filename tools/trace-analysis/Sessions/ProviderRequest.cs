using System.Diagnostics.Tracing;

namespace KernelSim.TraceAnalysis.Sessions;

/// <summary>A session's request to one provider.</summary>
/// <param name="Name">Name of the provider, not necessarily one of KernelSim's.</param>
/// <param name="Level">The least severe level.</param>
/// <param name="Keywords">The keywords, any of which suffices; -1: all.</param>
public sealed record ProviderRequest(string Name, EventLevel Level, long Keywords = -1);
