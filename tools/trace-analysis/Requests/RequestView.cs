using KernelSim.TraceAnalysis.Events;

namespace KernelSim.TraceAnalysis;

/// <summary>All events of one API call: the call, its control requests, copies, checks and its end.</summary>
public sealed class RequestView
{
    private readonly TraceLog _log;

    internal RequestView(TraceLog log, ulong id, IReadOnlyList<TracedEvent> events)
    {
        _log = log;
        Id = id;
        Events = events;
        Ledger = LedgerRow.Build(events);
        Ioctls = IoctlView.Build(events);
    }

    /// <summary>The request id that its events carry.</summary>
    public ulong Id { get; }

    /// <summary>Its events, in the order of time.</summary>
    public IReadOnlyList<TracedEvent> Events { get; }

    /// <summary>Start of the call; null for a request without a library call.</summary>
    public ApiCallStartEvent? Start => First<ApiCallStartEvent>();

    /// <summary>Return of the call; null if the process did not survive it.</summary>
    public ApiCallStopEvent? Stop => First<ApiCallStopEvent>();

    /// <summary>The process that made the call; 0 when no event says.</summary>
    public int ProcessId => Fault?.ProcessId
        ?? (Ioctls is [IoctlView first, ..] ? first.Start.ProcessId : Buffers.FirstOrDefault()?.ProcessId ?? 0);

    /// <summary>
    /// The library that was used, from the last such event before; null if unknown, or if the trace does not say which of several
    /// processes made the call and their libraries differ.
    /// </summary>
    public LibraryOpenEvent? Library
    {
        get
        {
            ReadOnlySpan<LibraryOpenEvent> opened = _log.AllBefore<LibraryOpenEvent>(Events[0].Position);
            for (int i = opened.Length - 1; i >= 0; i--)
            {
                if (opened[i].ProcessId == ProcessId)
                {
                    return opened[i];
                }
            }

            return ProcessId == 0 ? OnlyOne(opened) : null;
        }
    }

    /// <summary>Its control requests.</summary>
    public IReadOnlyList<IoctlView> Ioctls { get; }

    /// <summary>Every copy and check, refusal and fault, one row each.</summary>
    public IReadOnlyList<LedgerRow> Ledger { get; }

    /// <summary>All copies.</summary>
    public IEnumerable<CopyEvent> Copies => Events.OfType<CopyEvent>();

    /// <summary>All checks, passed or not.</summary>
    public IEnumerable<SizeCheckEvent> Checks => Events.OfType<SizeCheckEvent>();

    /// <summary>The first refusal; null if there is none.</summary>
    public InvalidArgumentEvent? Refusal => First<InvalidArgumentEvent>();

    /// <summary>The two numbers that the refusing check compared; null if there is none.</summary>
    public SizeCheckEvent? RefusedCheck =>
        Refusal is { } refusal ? Checks.LastOrDefault(c => c.Check == refusal.Check && !c.Passed) : null;

    /// <summary>The fault that ended it; null when none did.</summary>
    public AccessViolationEvent? Fault => First<AccessViolationEvent>();

    /// <summary>The memory that the application allocated, argument by argument.</summary>
    public IEnumerable<ApplicationBufferEvent> Buffers => Events.OfType<ApplicationBufferEvent>();

    /// <summary>The size of one element according to application, library and kernel.</summary>
    public Witnesses Witnesses => Witnesses.Question(this, _log);

    /// <summary>What the trace shows that its session recorded.</summary>
    public Coverage Coverage => _log.Coverage;

    /// <summary>Whether nothing of the trace is known to be missing.</summary>
    public bool IsOfWholeTrace => _log is { LostEvents: 0, IsCutOff: false, Totals.Damage: null };

    /// <summary>
    /// The last event of a type before this request began; null if there is none. (Its end matters little: memory that it retired may be
    /// freed, under its id, long after it returned.)
    /// </summary>
    public T? LastBefore<T>()
        where T : TracedEvent => _log.LastBefore<T>(Events[0].Position);

    /// <summary>The last library opened since the machine booted, if all have the same version.</summary>
    private LibraryOpenEvent? OnlyOne(ReadOnlySpan<LibraryOpenEvent> opened)
    {
        int boot = LastBefore<MachineStartEvent>()?.Position ?? -1;
        LibraryOpenEvent? last = opened is [.., LibraryOpenEvent latest] ? latest : null;
        foreach (LibraryOpenEvent library in opened)
        {
            if (library.Position > boot && library.Version != last!.Version)
            {
                return null;
            }
        }

        return last;
    }

    private T? First<T>()
        where T : TracedEvent => Events.OfType<T>().FirstOrDefault();
}
