using KernelSim.Debugger.Commands;
using KernelSim.Debugger.Nt;
using KernelSim.Debugger.Output;
using KernelSim.Debugger.Structures;
using KernelSim.Nt.Ke;
using KernelSim.TraceAnalysis.Events;
using KernelSim.TraceAnalysis.Failures;
using KernelSim.TraceAnalysis.Wording;

namespace KernelSim.Debugger.Ebpf;

/// <summary><c>!request</c>: all that is known of one request.</summary>
internal sealed class RequestCommand(IMachineAccess machines, RecorderReader recorder, ITraceAccess trace, IrpRows irps) : IDebuggerCommand
{
    private const int Neighbours = 3;
    private const int MostEvents = 200;

    public string Name => "!request";

    public string Arguments => "N";

    public string Summary => "Shows a request: its records in the flight recorder, its IRP, the objects that it touched, its events in the trace.";

    public IReadOnlyList<string> Details =>
    [
        "Events of the trace, and why the request failed, need --trace FILE. The events just before and after it belong to others.",
    ];

    public void Run(CommandCall call)
    {
        ulong id = call.Arguments.RequiredNumber("the id of a request, as !rcdr shows it");
        call.Arguments.End();
        IReadOnlyList<FlightEntry> all = recorder.Read(call);
        FlightEntry[] own = [.. all.Where(r => r.Request == id)];
        IReadOnlyList<TracedEvent> events = trace.EventsAround(id, Neighbours);
        ProcessView[] owners = [.. machines.Current.Processes.Where(p => p.Requests.Any(r => r.RequestId == id))];
        if (own.Length == 0 && owners.Length == 0 && events.Count == 0)
        {
            throw new CommandException(
                $"{Name}: request {id} has no records: it never reached the kernel, or they were overwritten{RecordedIn(all)}");
        }

        AddStory(call.Result, id);
        FlightRows.Add(call, CommandResult.Rows, own);
        irps.Add(call, "irp", owners, r => r.RequestId == id);
        AddObjects(call, own);
        AddEvents(call.Result, events);
    }

    private static string RecordedIn(IReadOnlyList<FlightEntry> all)
    {
        ulong[] ids = [.. all.Select(r => r.Request).Where(r => r != 0)];
        return ids.Length == 0 ? " (the flight recorder has none)" : $" (the flight recorder has requests from {ids.Min()} to {ids.Max()})";
    }

    private void AddStory(CommandResult result, ulong id)
    {
        if (trace.Story(id) is { } story)
        {
            result.Member(new("call", ColumnKind.Text), WhyWords.Call(story));
            result.Member(new("outcome", ColumnKind.Text), WhyWords.Outcome(story));
            if (story.Kind != FailureKind.None)
            {
                result.Member(new("why", ColumnKind.Text), WhyWords.Why(story));
                result.Member(new("fix", ColumnKind.Text), WhyWords.Fix(story));
            }
        }
    }

    /// <summary>The objects that its records name.</summary>
    private void AddObjects(CommandCall call, FlightEntry[] own)
    {
        uint[] ids = [.. own.Select(r => r.Object).Where(id => id != 0).Distinct()];
        ResultTable table = call.Result.NamedTable(
            "objects", new("id", ColumnKind.Number), new("type", ColumnKind.Text), new("name", ColumnKind.Text), new("exists", ColumnKind.Flag));
        CoreView? core = CoreView.Find(machines.Current);
        call.Each(ids, id =>
        {
            EbpfObjectView? found = core?.Objects.FirstOrDefault(o => o.Id == id);
            table.Add(
                id,
                found is null ? null : ObjectTypeNames.Of(found.Type),
                core?.Maps.FirstOrDefault(m => m.Id == id)?.Name ?? core?.Programs.FirstOrDefault(p => p.Id == id)?.Name,
                found is not null);
        });
    }

    private static void AddEvents(CommandResult result, IReadOnlyList<TracedEvent> events)
    {
        if (events.Count == 0)
        {
            return;
        }

        ResultTable table = result.NamedTable(
            "events", new("position", ColumnKind.Number), new("request", ColumnKind.Number), new("event", ColumnKind.Text));
        foreach (TracedEvent e in events.Take(MostEvents))
        {
            table.Add(e.Position, e.RequestId, EventText.Text(e).Trim());
        }

        if (events.Count > MostEvents)
        {
            result.Note($"the first {MostEvents} of {events.Count} events; kernelsim trace events lists them all");
        }
    }
}
