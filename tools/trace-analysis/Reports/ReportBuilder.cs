using KernelSim.TraceAnalysis.Events;
using KernelSim.TraceAnalysis.Losses;

namespace KernelSim.TraceAnalysis.Reports;

/// <summary>
/// Builds the report of a trace while it is read, event by event: memory grows with the number of functions, checks, maps, programs and processors in
/// it, not with its length. If too many requests never end, the oldest are dropped.
/// </summary>
public sealed class ReportBuilder
{
    private const int MostOpen = 1 << 16;
    private const int MostFaults = 10;

    private readonly Dictionary<ulong, OpenRequest> _open = [];
    private readonly Queue<ulong> _byAge = new();
    private readonly LossAudit _losses = new();
    private readonly CallSection _calls;
    private readonly RefusalSection _refusals = new();
    private readonly MapSection _maps = new();
    private readonly RingSection _rings = new();
    private readonly ProgramSection _programs = new();
    private readonly LinkSection _links = new();
    private readonly CpuSection _cpus = new();
    private readonly MemorySection _memory = new();
    private readonly List<FaultSummary> _faults = [];
    private readonly HashSet<(ulong Request, ulong Address)> _seenFaults = [];
    private readonly Coverage _coverage = new();
    private double? _firstUs;
    private double _lastUs;

    /// <summary>Creates a builder.</summary>
    /// <param name="slowest">Number of slowest requests to list.</param>
    public ReportBuilder(int slowest = 10) => _calls = new CallSection(slowest);

    /// <summary>Takes the next event.</summary>
    public void Add(TracedEvent e)
    {
        _firstUs ??= e.Header.TimeUs;
        _lastUs = e.Header.TimeUs;
        _losses.Add(e);
        _coverage.Add(e);
        _cpus.Add(e);
        _memory.Add(e);
        _rings.Add(e);
        _programs.Add(e);
        _links.Add(e);
        OpenRequest? request = Begin(e);
        _maps.Add(e, request);
        Account(e, request);
    }

    /// <summary>Builds the report. No event may be added afterwards.</summary>
    /// <param name="totals">What the reader knows of the whole trace.</param>
    public TraceReport Finish(TraceTotals totals)
    {
        foreach (OpenRequest request in _open.Values)
        {
            _calls.Abandon(request);
        }

        _open.Clear();
        return new TraceReport
        {
            Losses = _losses.Finish(totals),
            Coverage = _coverage,
            BeginsAtBoot = _coverage.BeginsAtBoot,
            DurationUs = _lastUs - (_firstUs ?? _lastUs),
            Calls = _calls.Calls,
            Refusals = _refusals.Refusals,
            Faults = _faults,
            FaultCount = _seenFaults.Count,
            Maps = _maps.Maps,
            Rings = _rings.Rings,
            Programs = _programs.Programs,
            ProgramFaults = _programs.Faults,
            Helpers = _programs.Helpers,
            Links = _links.Links,
            Cpus = _cpus.Cpus,
            Slowest = _calls.Slowest,
            Epochs = _memory.Epochs,
            Pool = _memory.Pool,
        };
    }

    /// <summary>The request of an event, opened if the event begins one; null if it belongs to no open request.</summary>
    private OpenRequest? Begin(TracedEvent e)
    {
        if (e.RequestId == 0)
        {
            return null;
        }

        if (_open.TryGetValue(e.RequestId, out OpenRequest? open))
        {
            return open;
        }

        open = e switch
        {
            ApiCallStartEvent call => new OpenRequest(e.RequestId, call.Function, e.Header.TimeUs, IsCall: true),
            IoctlStartEvent ioctl => new OpenRequest(e.RequestId, ioctl.Operation, e.Header.TimeUs, IsCall: false),
            _ => null,
        };
        if (open is not null)
        {
            _open.Add(e.RequestId, open);
            _byAge.Enqueue(e.RequestId);
            GiveUpTheOldest();
        }

        return open;
    }

    private void GiveUpTheOldest()
    {
        while (_byAge.Count > MostOpen)
        {
            if (_open.Remove(_byAge.Dequeue(), out OpenRequest? oldest))
            {
                _calls.Abandon(oldest);
            }
        }
    }

    private void Account(TracedEvent e, OpenRequest? request)
    {
        switch (e)
        {
            case IoctlStartEvent when request is not null:
                request.Crossings++;
                break;
            case CopyEvent copy when request is not null:
                request.Copies++;
                request.Bytes += copy.Bytes;
                break;
            case SizeCheckEvent { Passed: false } failed when request is not null:
                request.Failed = failed;
                break;
            case InvalidArgumentEvent refusal:
                _refusals.Add(refusal, request?.Failed);
                break;
            case AccessViolationEvent fault when _seenFaults.Add((fault.RequestId, fault.Address)) && _faults.Count < MostFaults:
                // The library reports a fault, and then the kernel reports it for the process that it ended.
                _faults.Add(new FaultSummary(fault.RequestId, fault.ProcessId, fault.Access, fault.Address, fault.Length, fault.Site));
                break;
            case ApiCallStopEvent stop when request is not null:
                End(request, e, stop.Result < 0 ? stop.Errno : string.Empty);
                break;
            case IoctlStopEvent stop when request is { IsCall: false }:
                End(request, e, stop.Errno ?? string.Empty);
                break;
        }
    }

    private void End(OpenRequest request, TracedEvent e, string errno)
    {
        _open.Remove(request.Id);
        _calls.End(request, e.Header.TimeUs, errno);
    }
}
