using System.Diagnostics.Tracing;
using KernelSim.Tracing;

namespace KernelSim.TraceAnalysis.Sessions;

/// <summary>A named selection of events.</summary>
/// <param name="Name">Name of the profile.</param>
/// <param name="Says">What it records, in a few words.</param>
/// <param name="Providers">The request to each provider.</param>
public sealed record TraceProfile(string Name, string Says, IReadOnlyList<ProviderRequest> Providers)
{
    /// <summary>The profile of which silence is good news.</summary>
    public const string Errors = "errors";

    /// <summary>The profile of single instructions.</summary>
    public const string Instructions = "instructions";

    private const EventKeywords Timing =
        KernelEventSource.Keywords.Api | KernelEventSource.Keywords.Ioctl | KernelEventSource.Keywords.Machine | KernelEventSource.Keywords.Process;

    /// <summary>All profiles, the default one first.</summary>
    public static IReadOnlyList<TraceProfile> All { get; } =
    [
        new("default", "calls, requests, layouts, refusals and faults; no single copy or check", Both(EventLevel.Informational)),
        new("verbose", "everything but single instructions", Both(EventLevel.Verbose)),
        new(Errors, "refusals, faults and bugchecks only", Both(EventLevel.Warning)),
        new("perf", "starts and stops only, for durations", Both(EventLevel.Informational, (long)Timing)),
        new(
            Instructions,
            "everything, and each instruction that the interpreter executes",
            Both(EventLevel.Verbose, (long)(KernelEventSource.AllButInstructions | KernelEventSource.Keywords.Instruction))),
    ];

    private static ProviderRequest[] Both(EventLevel level, long keywords = (long)KernelEventSource.AllButInstructions) =>
    [
        new(KernelEventSource.ProviderName, level, keywords),
        new(UserApiEventSource.ProviderName, level, keywords),
    ];
}
