using System.Diagnostics.Tracing;
using KernelSim.TraceAnalysis.Events;
using KernelSim.TraceAnalysis.Filtering;
using KernelSim.Tracing;

namespace KernelSim.TraceAnalysis;

/// <summary>
/// What a trace shows that its session recorded. A trace does not hold what its session asked for; its events do show it: one of a level
/// proves the level, one of a single keyword proves the keyword. What no event proves may have happened unrecorded.
/// </summary>
public sealed class Coverage
{
    /// <summary>What every boot of a machine and every call leave at this level, if all keywords are recorded; those of the profile
    /// <c>perf</c> lack the driver's.</summary>
    private const long OfEveryBoot = (long)(KernelEventSource.Keywords.Machine | KernelEventSource.Keywords.Process
        | KernelEventSource.Keywords.Driver | KernelEventSource.Keywords.Ioctl);

    private readonly Dictionary<string, Heard> _heard = [];

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

    /// <summary>Takes the next event.</summary>
    public void Add(TracedEvent e)
    {
        if (!_heard.TryGetValue(e.Header.Provider, out Heard? heard))
        {
            _heard.Add(e.Header.Provider, heard = new Heard());
        }

        heard.Add(e.Header);
    }

    private bool IsRefusalOf(string provider) => Has(provider, EventLevel.Warning, (long)KernelEventSource.Keywords.Check);

    /// <summary>
    /// Whether an event of this level and keyword would be in the trace. All profiles ask both providers the same: where the kernel was
    /// heard with all that a boot leaves, everything of its level was recorded of both.
    /// </summary>
    private bool Has(string provider, EventLevel level, long keyword)
    {
        if (!_heard.TryGetValue(provider, out Heard? heard))
        {
            return false;
        }

        bool isWhole = _heard.TryGetValue(KernelEventSource.ProviderName, out Heard? kernel) && (kernel.Keywords & OfEveryBoot) == OfEveryBoot;
        int loudest = isWhole ? Math.Max(heard.Level, kernel!.Level) : heard.Level;
        return loudest >= (int)level && ((heard.Keywords & keyword) != 0 || isWhole);
    }

    /// <summary>What was heard of one provider.</summary>
    private sealed class Heard
    {
        private string? _lastLevel;
        private long _lastKeywords;

        /// <summary>The least grave level.</summary>
        public int Level { get; private set; }

        /// <summary>Keywords that an event had as its only one.</summary>
        public long Keywords { get; private set; }

        /// <summary>Most events are like the one before.</summary>
        public void Add(EventHeader header)
        {
            // The upper half is the runtime's: channels and sessions.
            long keywords = header.Keywords & uint.MaxValue;
            if (ReferenceEquals(header.Level, _lastLevel) && keywords == _lastKeywords)
            {
                return;
            }

            (_lastLevel, _lastKeywords) = (header.Level, keywords);
            Level = Math.Max(Level, EventFilter.Levels.ToList().IndexOf(header.Level));
            Keywords |= long.IsPow2(keywords) ? keywords : 0;
        }
    }
}
