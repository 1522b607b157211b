using System.Diagnostics.Tracing;
using KernelSim.TraceAnalysis.Events;
using KernelSim.Tracing;

namespace KernelSim.TraceAnalysis;

/// <summary>
/// What a trace shows that its session recorded. A trace does not contain the levels and keywords of its session, but its events show them:
/// an event of a level proves the level, an event of a single keyword proves the keyword. What no event proves may have happened unrecorded.
/// </summary>
public sealed class Coverage
{
    /// <summary>
    /// The keywords of the events of every boot and every call, if all keywords are recorded. The profile <c>perf</c> records none of the
    /// driver's.
    /// </summary>
    private const long OfEveryBoot = (long)(KernelEventSource.Keywords.Machine | KernelEventSource.Keywords.Process
        | KernelEventSource.Keywords.Driver | KernelEventSource.Keywords.Ioctl);

    private readonly Dictionary<string, Recorded> _recorded = [];
    private EventKeywords? _known;
    private bool? _beginsAtBoot;

    /// <summary>The coverage of a recording whose session is known: of both providers, every level of these keywords.</summary>
    public static Coverage OfSession(EventKeywords keywords) => new() { _known = keywords };

    /// <summary>The coverage of a trace that was read.</summary>
    public static Coverage Of(IEnumerable<TracedEvent> events)
    {
        Coverage coverage = new();
        foreach (TracedEvent e in events)
        {
            coverage.Add(e);
        }

        return coverage;
    }

    /// <summary>Whether a refusal by a check would be in the trace, of the library and of the kernel.</summary>
    public bool HasRefusals => IsRefusalOf(UserApiEventSource.ProviderName) && HasKernelRefusals;

    /// <summary>Whether a refusal by a check of the kernel would be in the trace.</summary>
    public bool HasKernelRefusals => IsRefusalOf(KernelEventSource.ProviderName);

    /// <summary>Whether the ends of calls of the library would be in the trace.</summary>
    public bool HasCalls => Has(UserApiEventSource.ProviderName, EventLevel.Informational, (long)KernelEventSource.Keywords.Api);

    /// <summary>Whether requests to the kernel would be in the trace.</summary>
    public bool HasCrossings => Has(KernelEventSource.ProviderName, EventLevel.Informational, (long)KernelEventSource.Keywords.Ioctl);

    /// <summary>Whether faults and bugchecks would be in the trace.</summary>
    public bool HasFaults => Has(UserApiEventSource.ProviderName, EventLevel.Error, (long)KernelEventSource.Keywords.Fault)
        && Has(KernelEventSource.ProviderName, EventLevel.Error, (long)KernelEventSource.Keywords.Fault);

    /// <summary>Whether each movement of bytes would be in the trace.</summary>
    public bool HasCopies => Has(UserApiEventSource.ProviderName, EventLevel.Verbose, (long)KernelEventSource.Keywords.Copy)
        && Has(KernelEventSource.ProviderName, EventLevel.Verbose, (long)KernelEventSource.Keywords.Copy);

    /// <summary>
    /// Whether the trace shows the machine boot before its first request. If so, the first call of a function includes the runtime's
    /// compilation (JIT) of the code that it is the first to run; if not, nobody knows.
    /// </summary>
    public bool BeginsAtBoot => _beginsAtBoot ?? false;

    /// <summary>Processes the next event.</summary>
    public void Add(TracedEvent e)
    {
        _beginsAtBoot ??= e switch
        {
            MachineStartEvent => true,
            ApiCallStartEvent or IoctlStartEvent => false,
            _ => null,
        };
        if (!_recorded.TryGetValue(e.Header.Provider, out Recorded? recorded))
        {
            _recorded.Add(e.Header.Provider, recorded = new Recorded());
        }

        recorded.Add(e.Header);
    }

    private bool IsRefusalOf(string provider) => Has(provider, EventLevel.Warning, (long)KernelEventSource.Keywords.Check);

    /// <summary>
    /// Whether an event of this level and keyword would be in the trace. A profile has the same level and keywords for both
    /// providers: if the kernel's events have all keywords of a boot, all keywords were recorded of both.
    /// </summary>
    private bool Has(string provider, EventLevel level, long keyword)
    {
        if (_known is { } known)
        {
            return ((long)known & keyword) != 0;
        }

        if (!_recorded.TryGetValue(provider, out Recorded? recorded))
        {
            return false;
        }

        bool isWhole = _recorded.TryGetValue(KernelEventSource.ProviderName, out Recorded? kernel) && (kernel.Keywords & OfEveryBoot) == OfEveryBoot;
        int recordedLevel = isWhole ? Math.Max(recorded.Level, kernel!.Level) : recorded.Level;
        return recordedLevel >= (int)level && ((recorded.Keywords & keyword) != 0 || isWhole);
    }

    /// <summary>What the events of one provider prove.</summary>
    private sealed class Recorded
    {
        private string? _lastLevel;
        private long _lastKeywords;

        /// <summary>The least severe level.</summary>
        public int Level { get; private set; }

        /// <summary>The keywords that an event had as its only one.</summary>
        public long Keywords { get; private set; }

        public void Add(EventHeader header)
        {
            // The upper half is the runtime's: channels and sessions.
            long keywords = header.Keywords & uint.MaxValue;
            // Most events are like the one before.
            if (ReferenceEquals(header.Level, _lastLevel) && keywords == _lastKeywords)
            {
                return;
            }

            (_lastLevel, _lastKeywords) = (header.Level, keywords);
            Level = Math.Max(Level, EventLevels.NumberOf(header.Level));
            Keywords |= long.IsPow2(keywords) ? keywords : 0;
        }
    }
}
