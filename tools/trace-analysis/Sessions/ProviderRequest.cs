using System.Diagnostics.Tracing;

namespace KernelSim.TraceAnalysis.Sessions;

/// <summary>What a session asks of one provider.</summary>
/// <param name="Name">The provider, not necessarily one of ours.</param>
/// <param name="Level">The least grave level.</param>
/// <param name="Keywords">The keywords, any of which is enough; -1: all.</param>
public sealed record ProviderRequest(string Name, EventLevel Level, long Keywords = -1);
