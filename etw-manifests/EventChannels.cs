using System.Diagnostics.Tracing;
using System.Runtime.CompilerServices;

namespace KernelSim.Tracing;

/// <summary>
/// Which channel of the Windows event log an event belongs to: a rule over its level and keywords, not a choice for each event. The
/// attribute repeats what the rule says, since that is where the manifest is made from; a test holds the two equal.
/// </summary>
internal static class EventChannels
{
    private const EventKeywords Lifecycle =
        KernelEventSource.Keywords.Machine | KernelEventSource.Keywords.Process | KernelEventSource.Keywords.Driver;

    private const EventKeywords Internals =
        KernelEventSource.Keywords.Pool | KernelEventSource.Keywords.Epoch | KernelEventSource.Keywords.Sched
        | KernelEventSource.Keywords.Object | KernelEventSource.Keywords.Irp;

    /// <summary>
    /// Admin: something broke. Operational: a refusal, or a machine, process or driver that comes and goes; rare enough for a log that
    /// is always on. Debug: the kernel's insides. Analytic: everything else, the calls and what they move.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static EventChannel Of(EventLevel level, EventKeywords keywords) =>
        level <= EventLevel.Error ? EventChannel.Admin
        : level == EventLevel.Warning || (keywords & Lifecycle) != 0 ? EventChannel.Operational
        : level == EventLevel.Verbose && (keywords & Internals) != 0 ? EventChannel.Debug
        : EventChannel.Analytic;
}
