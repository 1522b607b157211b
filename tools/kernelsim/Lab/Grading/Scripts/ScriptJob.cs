using System.Text.Json;
using KernelSim.LabScripts;
using KernelSim.Nt;
using KernelSim.Tool.Lab.Grading.Hosting;
using KernelSim.TraceAnalysis;
using KernelSim.TraceAnalysis.Failures;
using KernelSim.TraceAnalysis.Recording;
using KernelSim.Tracing;
using KernelSim.UserMode;

namespace KernelSim.Tool.Lab.Grading.Scripts;

/// <summary>Runs a lab script on a fresh machine, and says what it did. The process has no other machine: every event is of this run.</summary>
internal sealed class ScriptJob : HostJob<ScriptInput, ScriptFacts>
{
    /// <inheritdoc/>
    public override string Name => "script";

    /// <inheritdoc/>
    protected override ScriptFacts Run(ScriptInput input) => Execute(input, readsMaps: true);

    /// <summary>Runs a script on a machine of this process.</summary>
    /// <param name="input">The script.</param>
    /// <param name="readsMaps">Whether to read the maps after it: not where a trace is to have the script's calls only.</param>
    public static ScriptFacts Execute(ScriptInput input, bool readsMaps)
    {
        MachineSettings settings = new() { Cpus = input.Cpus, Seed = input.Seed, Heap = input.Heap, Library = input.Library };
        using LabMachine lab = LabMachine.Boot(settings, extensions: true);
        var process = lab.Start(settings.ForProcess("script.exe"));
        using Libbpf library = new(process.Gate, settings.Library) { Symbols = lab.Symbols };
        ScriptInterpreter interpreter = new(new ScriptSession(lab, process, library, (_, _) => { }));
        List<PlayedLine> played = [];
        using TraceRecorder recorder = TraceRecorder.StartInMemory();
        try
        {
            string? problem = Play(input.Lines, interpreter, recorder, played);
            IReadOnlyList<ScriptCallFact> calls = Read(played, recorder.Stop());
            IReadOnlyList<MapFact> maps = readsMaps ? KernelMaps.ReadAll(lab) : [];
            return new ScriptFacts(calls, maps) { Problem = problem, Ending = lab.End()?.Message };
        }
        catch (BugcheckException stop)
        {
            return new ScriptFacts([], []) { Ending = Failure.MachineStopped(stop).Message };
        }
    }

    private static string? Play(IReadOnlyList<string> lines, ScriptInterpreter interpreter, TraceRecorder recorder, List<PlayedLine> played)
    {
        for (int i = 0; i < lines.Count; i++)
        {
            int start = recorder.EventCount!.Value;
            if (interpreter.Answer(lines[i], i + 1, out ScriptAnswer? answer) is { } wrong)
            {
                return wrong.Message;
            }

            if (answer is not null)
            {
                played.Add(new PlayedLine(answer, start));
            }
        }

        return null;
    }

    /// <summary>A request is of the line in which its first event was; later ones may come when its memory is freed.</summary>
    private static IReadOnlyList<ScriptCallFact> Read(List<PlayedLine> played, TraceLog log)
    {
        ILookup<int, RequestView> requests = log.Requests.ToLookup(
            r => played.FindLastIndex(l => l.Start <= r.Events[0].Position));
        return [.. played.Select((line, i) => Of(line.Answer, [.. requests[i]]))];
    }

    private static ScriptCallFact Of(ScriptAnswer answer, IReadOnlyList<RequestView> requests)
    {
        string text = JsonText.Of(OutputFormat.Json, json => answer.Result.Write(json, id: null));
        using JsonDocument result = JsonDocument.Parse(text);
        return new ScriptCallFact(
            answer.Call.Line,
            answer.Call.Op.Name,
            result.RootElement.Clone(),
            [
                .. requests.SelectMany(r => r.Ioctls).Select(i => new IoctlFact(
                    i.Start.Operation, i.Start.InputLength, i.Start.OutputLength, i.Stop?.Status, i.Stop?.Information ?? 0)),
            ],
            [.. requests.SelectMany(r => r.Copies).GroupBy(c => c.Stage).Select(g => new CopyFact(g.Key, g.Count(), g.Sum(c => c.Bytes)))])
        {
            Request = requests.FirstOrDefault(r => r.Start is not null || r.Ioctls.Count > 0)?.Id ?? 0,
            Function = requests.Select(r => r.Start?.Function).FirstOrDefault(f => f is not null),
            BytesPastValues = requests.Select(BytesPastValues).DefaultIfEmpty(0).Max(),
            Refusal = requests.Select(RefusalOf).FirstOrDefault(r => r is not null),
            Fault = requests.Select(FaultOf).FirstOrDefault(f => f is not null),
        };
    }

    /// <summary>The library copies element after element: the last copy that began in the buffer, or right behind it, went farthest.</summary>
    private static long BytesPastValues(RequestView request)
    {
        if (request.Buffers.LastOrDefault(b => b.What == "values") is not { } values)
        {
            return 0;
        }

        ulong end = values.Address + (ulong)values.Bytes;
        return request.Copies
            .Where(c => c.Element >= 0 && c.Stage is CopyStage.Unmarshal && c.Destination >= values.Address)
            .Select(c => (long)(c.Destination + (ulong)c.Bytes - end))
            .DefaultIfEmpty(0)
            .Max(past => Math.Max(past, 0));
    }

    private static RefusalFact? RefusalOf(RequestView request) => request.Refusal is { } refusal
        ? new RefusalFact(refusal.Check, refusal.Site, request.RefusedCheck?.Given, request.RefusedCheck?.Expected)
        : null;

    private static FaultFact? FaultOf(RequestView request) => FaultView.Of(request) is { } fault
        ? new FaultFact(
            fault.Event.Access.ToLowerInvariant(),
            fault.Event.Length,
            fault.Event.Site,
            fault.Buffer?.What,
            fault.Buffer?.Bytes ?? 0,
            fault.BytesPastEnd,
            fault.Element)
        : null;

    /// <summary>A line that made a call.</summary>
    /// <param name="Answer">The call and its result.</param>
    /// <param name="Start">Position of the first event after the line before.</param>
    private sealed record PlayedLine(ScriptAnswer Answer, int Start);
}
