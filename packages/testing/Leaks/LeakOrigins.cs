using KernelSim.EbpfCore.Objects;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.TraceAnalysis;
using KernelSim.TraceAnalysis.Events;
using KernelSim.TraceAnalysis.Wording;
using KernelSim.Tracing;

namespace KernelSim.Testing;

/// <summary>Finds in a trace which call made what is left.</summary>
internal sealed class LeakOrigins(MachineTrace trace)
{
    /// <summary>Calls that are named for the blocks of one tag.</summary>
    private const int MostNamed = 3;

    private readonly Lazy<TraceLog> _log = new(trace.Read);

    /// <summary>Read after the shutdown, which frees blocks.</summary>
    private readonly Lazy<TraceLog> _whole = new(trace.Read);

    /// <summary>The call that created a map or a program, or attached a link.</summary>
    public string? Of(EbpfObject @object) => CallOf(_log.Value, _log.Value.Events.LastOrDefault(e => @object.ObjectType switch
    {
        EbpfObjectType.Map => e is MapCreateEvent map && map.MapId == @object.Id,
        EbpfObjectType.Program => e is ProgramCreateEvent program && program.ProgramId == @object.Id,
        _ => e is LinkChangeEvent { IsAttached: true } link && link.LinkId == @object.Id,
    }));

    /// <summary>The call that opened a handle.</summary>
    public string? Of(int processId, NtHandle handle) => CallOf(_log.Value, _log.Value.Events.LastOrDefault(e =>
        e.Header.Name == nameof(KernelEventSource.HandleCreate)
        && e.Header.Payload.Int32("processId") == processId
        && e.Header.Payload.Int64("handle") == handle.Value));

    /// <summary>The calls that allocated the blocks of a tag which have not been freed.</summary>
    public string? OfBlocks(string tag)
    {
        Dictionary<ulong, PoolEvent> live = [];
        foreach (PoolEvent e in _whole.Value.Events.OfType<PoolEvent>().Where(e => e.Tag == tag))
        {
            if (e.IsAllocation)
            {
                live[e.Address] = e;
            }
            else
            {
                live.Remove(e.Address);
            }
        }

        string[] calls = [.. live.Values.Select(e => $"{CallOf(_whole.Value, e) ?? "code outside of a request"}: {e.Bytes} bytes").Distinct()];
        string more = calls.Length > MostNamed ? $" and {calls.Length - MostNamed} more" : string.Empty;
        return calls.Length > 0 ? string.Join(", ", calls.Take(MostNamed)) + more
            : trace.Detail == TraceDetail.Verbose ? null
            : $"a call that {nameof(TraceDetail)}.{nameof(TraceDetail.Verbose)} shows";
    }

    /// <summary>The requests that have become pending and have not ended.</summary>
    public IEnumerable<string> Pending()
    {
        TraceLog log = _log.Value;
        return log.Requests
            .Where(r => r.Events.Any(e => e.Header.Name == nameof(KernelEventSource.IrpPending)) && r.Ioctls.Any(i => i.Stop is null))
            .Select(r => CallOf(log, r.Events[0])!);
    }

    private static string? CallOf(TraceLog log, TracedEvent? e)
    {
        if (e is null || e.RequestId == 0 || log.Request(e.RequestId) is not { } request)
        {
            return null;
        }

        string call = request.Start is { } start ? CallNotation.Of(start.Function, start.Descriptor, start.Count)
            : request.Ioctls is [{ Start.Operation: { Length: > 0 } operation }, ..] ? $"control request {operation}"
            : "a system call";
        return $"{call} (request {request.Id})";
    }
}
