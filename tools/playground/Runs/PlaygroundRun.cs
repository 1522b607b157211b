using System.Diagnostics;
using System.Text;
using System.Text.Json;
using KernelSim.LabScripts;
using KernelSim.LabScripts.Output;
using KernelSim.LabScripts.Runs;
using KernelSim.Playground.State;
using KernelSim.TraceAnalysis.Events;

namespace KernelSim.Playground.Runs;

/// <summary>
/// A run on the page: the script's calls one after the other, each with the events that it wrote and the machine as it left it. What the page gets is
/// text, JSON.
/// </summary>
internal sealed class PlaygroundRun : IDisposable
{
    /// <summary>Calls of a run: the page keeps what each of them left.</summary>
    private const int MostCalls = 5_000;

    /// <summary>Length of the steps' texts after which no further call is made.</summary>
    private const long MostTold = 128 << 20;

    // The first call of an op is slower: the runtime prepares its code. The page says which were.
    private static readonly HashSet<string> s_warm = [];

    private readonly long _began;
    private readonly RunRecorder _recorder;
    private readonly LabRun _run;
    private readonly MachineReader _machine;
    private readonly IEnumerator<string> _lines;
    private int _calls;
    private long _told;
    private string? _end;

    private PlaygroundRun(RunOptions options, long began)
    {
        _began = began;
        _recorder = new RunRecorder();
        try
        {
            _run = LabRun.Start(options.Machine);
        }
        catch
        {
            _recorder.Dispose();
            throw;
        }

        _machine = new MachineReader(_run);
        _lines = ScriptLine.Split(options.Script).GetEnumerator();
    }

    /// <summary>Boots the machine of a run.</summary>
    /// <param name="text">The options.</param>
    /// <param name="run">The run; null if the options are wrong.</param>
    /// <returns>The message for the page.</returns>
    public static string Start(string text, out PlaygroundRun? run)
    {
        run = null;
        long began = Stopwatch.GetTimestamp();
        if (RunOptions.TryRead(text, out RunOptions? options) is { } problem)
        {
            return RunEnd.Of(line: null, problem, [], 0);
        }

        try
        {
            PlaygroundRun booted = new(options!, began);
            run = booted;
            return JsonText.Of(OutputFormat.Json, json =>
            {
                json.WriteStartObject();
                json.WriteString("event", "machine");
                json.WriteNumber("cpus", options!.Machine.Cpus);
                json.WriteNumber("memory", options.Machine.PoolLimit);
                json.WritePropertyName("state");
                booted._machine.Write(json, booted._recorder.Events, booted._recorder.Events.Count);
                json.WriteEndObject();
            });
        }
        catch (Exception failure) when (failure is InvalidOperationException or OutOfMemoryException)
        {
            return RunEnd.Of(line: null, $"the machine does not boot: {failure.Message}", [], 0);
        }
    }

    /// <summary>Makes the next call; after the last one, shuts the machine down.</summary>
    /// <returns>The step, or how the run ended.</returns>
    public string Next()
    {
        if (_end is not null)
        {
            return _end;
        }

        try
        {
            while (_lines.MoveNext())
            {
                if ((_calls == MostCalls || _told >= MostTold) && !ScriptReader.IsSkipped(_lines.Current))
                {
                    return End(
                        _run.Line + 1,
                        $"a page keeps at most {MostCalls} calls and {MostTold >> 20} MiB of what they left; run the rest with 'kernelsim script'");
                }

                int first = _recorder.Events.Count;
                long began = Stopwatch.GetTimestamp();
                if (_run.Next(_lines.Current, out ScriptStep? step) is { } failure)
                {
                    return End(_run.Line, failure.Message);
                }

                if (step is not null)
                {
                    string told = Step(step, first, Stopwatch.GetElapsedTime(began));
                    _calls++;
                    _told += told.Length;
                    return told;
                }
            }

            return End(line: null, error: null);
        }
        catch (OutOfMemoryException)
        {
            return End(_run.Line, "the line needs more memory than a page has");
        }
    }

    /// <summary>The trace: <c>json</c>, its events as lines, and <c>page</c>, the data of the trace view.</summary>
    public string Trace() => JsonText.Of(OutputFormat.Json, json =>
    {
        json.WriteStartObject();
        StringBuilder lines = new();
        foreach (TracedEvent e in _recorder.Events)
        {
            lines.Append(JsonText.Of(OutputFormat.Json, line => EventJson.Write(line, e))).Append('\n');
        }

        json.WriteString("json", lines.ToString());
        using MemoryStream page = new();
        _recorder.WritePage(page);
        json.WriteString("page", page.GetBuffer().AsSpan(0, (int)page.Length));
        json.WriteEndObject();
    });

    /// <inheritdoc/>
    public void Dispose()
    {
        _recorder.Dispose();
        _machine.Dispose();
        _run.Dispose();
    }

    private string Step(ScriptStep step, int first, TimeSpan took) => JsonText.Of(OutputFormat.Json, json =>
    {
        IReadOnlyList<TracedEvent> events = _recorder.Events;
        json.WriteStartObject();
        json.WriteString("event", "step");
        json.WriteStartObject("step");
        json.WriteNumber("line", step.Call.Line);
        json.WriteString("op", step.Call.Op.Name);
        json.WriteString("call", ScriptOpWords.Of(step.Call.Op.Name)?.Calls ?? step.Call.Op.Name);
        json.WriteNumber("ms", Math.Round(took.TotalMilliseconds, 3));
        json.WriteBoolean("cold", s_warm.Add(step.Call.Op.Name));
        json.WriteString("result", step.Json);
        json.WriteStartArray("notes");
        foreach (string note in step.Notes)
        {
            json.WriteStringValue(note);
        }

        json.WriteEndArray();
        RequestJson.Write(json, events, first);
        json.WriteStartArray("events");
        for (int i = first; i < events.Count; i++)
        {
            Write(json, events[i]);
        }

        json.WriteEndArray();
        if (_recorder.Dropped > 0)
        {
            json.WriteNumber("more", _recorder.Dropped);
        }

        json.WritePropertyName("state");
        _machine.Write(json, events, first);
        json.WriteEndObject();
        json.WriteEndObject();
    });

    private static void Write(Utf8JsonWriter json, TracedEvent e)
    {
        json.WriteStartObject();
        json.WriteNumber("i", e.Position);
        json.WriteNumber("t", EventJson.Time(e));
        json.WriteString("provider", e.Header.Provider);
        json.WriteString("event", e.Header.Name);
        json.WriteString("level", e.Header.Level);
        json.WriteStartObject("payload");
        EventJson.WriteFields(json, e);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>Shuts the machine down, and stops to record.</summary>
    private string End(int? line, string? error)
    {
        IReadOnlyList<string> leaks = _run.Lab.Machine.StopRecord is null ? _run.Lab.Shutdown() : [];
        _recorder.Dispose();
        return _end = RunEnd.Of(line, error, leaks, Stopwatch.GetElapsedTime(_began).TotalMilliseconds);
    }
}
