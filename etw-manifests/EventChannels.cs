using System.Diagnostics.Tracing;
using System.Runtime.CompilerServices;

namespace KernelSim.Tracing;

/// <summary>
/// Assigns events to channels of the Windows event log: a rule over level and keywords, not a choice for each event. The
/// attribute repeats the rule's result, because the manifest is generated from it; a test keeps the two equal.
/// </summary>
internal static class EventChannels
{
    private const EventKeywords Lifecycle =
        KernelEventSource.Keywords.Machine | KernelEventSource.Keywords.Process | KernelEventSource.Keywords.Driver;

    private const EventKeywords Internals =
        KernelEventSource.Keywords.Pool | KernelEventSource.Keywords.Epoch | KernelEventSource.Keywords.Sched
        | KernelEventSource.Keywords.Object | KernelEventSource.Keywords.Irp | KernelEventSource.Keywords.Instruction;

    /// <summary>
    /// Admin: something is broken. Operational: a refusal, or a machine, process or driver that starts or ends; rare enough for a log that
    /// is always on. Debug: the kernel's internals. Analytic: everything else, the calls and the data that they copy.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static EventChannel Of(EventLevel level, EventKeywords keywords) =>
        level <= EventLevel.Error ? EventChannel.Admin
        : level == EventLevel.Warning || (keywords & Lifecycle) != 0 ? EventChannel.Operational
        : level == EventLevel.Verbose && (keywords & Internals) != 0 ? EventChannel.Debug
        : EventChannel.Analytic;
}
