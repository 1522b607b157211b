using System.Text.Json;
using KernelSim.TraceAnalysis.Events;
using KernelSim.TraceAnalysis.Losses;

namespace KernelSim.Tool.Trace.Conversion;

/// <summary>
/// Chromium's trace event format. Lanes are threads: in the process "user mode" one for each host thread that called the library, in
/// "kernel" one for each processor. Calls and control requests are complete slices connected by an arrow, all other events
/// are instants on their lane; each carries its payload. A control request that pended, or that shares its processor with another,
/// becomes an asynchronous slice.
/// </summary>
/// <param name="output">Receives the JSON.</param>
internal sealed class ChromiumWriter(TextWriter output)
{
    private readonly Dictionary<ulong, ApiCallStartEvent> _calls = [];
    private readonly Dictionary<ulong, IoctlStartEvent> _requests = [];
    private readonly HashSet<ulong> _pending = [];

    /// <summary>
    /// The request whose slice each processor's lane is drawing: host threads may share a processor, but slices of a lane may not cross.
    /// </summary>
    private readonly Dictionary<int, ulong> _drawing = [];
    private readonly HashSet<ChromiumLane> _named = [];
    private double _last;
    private long _arrows;
    private bool _begun;

    /// <summary>Writes what an event adds.</summary>
    public void Write(TracedEvent e)
    {
        _last = EventJson.Time(e);
        switch (e)
        {
            case ApiCallStartEvent call:
                _calls[call.RequestId] = call;
                break;
            case ApiCallStopEvent stop when _calls.Remove(stop.RequestId, out ApiCallStartEvent? start):
                Slice(start.Function, "api", start, stop);
                break;
            case IoctlStartEvent request:
                _requests[request.RequestId] = request;
                if (!_drawing.TryAdd(request.Processor, request.RequestId))
                {
                    _pending.Add(request.RequestId);
                }

                Arrow(request);
                break;
            case IoctlStopEvent stop when _requests.Remove(stop.RequestId, out IoctlStartEvent? start):
                Release(start);
                if (_pending.Remove(stop.RequestId))
                {
                    Asynchronous(start, stop);
                }
                else
                {
                    Slice(start.Operation, "ioctl", start, stop);
                }

                break;
            default:
                if (e.Header.Name == "IrpPending" && _requests.TryGetValue(e.RequestId, out IoctlStartEvent? leaving))
                {
                    _pending.Add(e.RequestId);
                    Release(leaving);
                }

                Instant(e);
                break;
        }
    }

    /// <summary>Ends the document. Slices that are still open extend to the end of the trace.</summary>
    /// <param name="losses">How complete the trace is.</param>
    public void End(LossReport losses)
    {
        foreach (ApiCallStartEvent call in _calls.Values)
        {
            Slice(call.Function, "api", call, null);
        }

        foreach (IoctlStartEvent request in _requests.Values)
        {
            Slice(request.Operation, "ioctl", request, null);
        }

        output.WriteLine(_begun ? string.Empty : "{\"traceEvents\":[");
        output.Write("],\"displayTimeUnit\":\"ns\",\"otherData\":");
        output.Write(JsonText.Of(OutputFormat.Json, json =>
        {
            json.WriteStartObject();
            json.WriteNumber("events", losses.Events);
            json.WriteNumber("lost", losses.Lost);
            json.WriteBoolean("complete", losses.IsComplete);
            json.WriteEndObject();
        }));
        output.WriteLine("}");
    }

    private static string NameOf(TracedEvent e) => e switch
    {
        CopyEvent copy => $"Copy {copy.Stage}",
        SizeCheckEvent check => $"{(check.Passed ? "check" : "REFUSED")} {check.Check}",
        _ => e.Header.Name,
    };

    private void Release(IoctlStartEvent request)
    {
        if (_drawing.GetValueOrDefault(request.Processor) == request.RequestId)
        {
            _drawing.Remove(request.Processor);
        }
    }

    private void Slice(string name, string category, TracedEvent start, TracedEvent? stop) =>
        Add("X", name, category, start, json =>
        {
            double from = EventJson.Time(start);
            json.WriteNumber("dur", Math.Round((stop is null ? _last : EventJson.Time(stop)) - from, 3));
            json.WriteStartObject("args");
            Payload(json, "start", start);
            if (stop is not null)
            {
                Payload(json, "stop", stop);
            }

            json.WriteBoolean("returned", stop is not null);
            json.WriteEndObject();
        });

    private void Asynchronous(IoctlStartEvent start, IoctlStopEvent stop)
    {
        Half("b", start.Operation, start, start);
        Half("e", start.Operation, start, stop);
    }

    private void Half(string phase, string name, TracedEvent lane, TracedEvent e) =>
        Add(phase, name, "ioctl", e, json =>
        {
            json.WriteString("id", $"{e.RequestId}");
            json.WriteStartObject("args");
            EventJson.WriteFields(json, e);
            json.WriteEndObject();
        }, ChromiumLane.Of(lane));

    private void Instant(TracedEvent e) =>
        Add("i", NameOf(e), e.Header.Level, e, json =>
        {
            json.WriteString("s", "t");
            json.WriteStartObject("args");
            EventJson.WriteFields(json, e);
            json.WriteEndObject();
        });

    /// <summary>Draws the arrow from the open call to its request, which begins now.</summary>
    private void Arrow(IoctlStartEvent request)
    {
        if (!_calls.TryGetValue(request.RequestId, out ApiCallStartEvent? call))
        {
            return;
        }

        long id = ++_arrows;
        Add("s", "crossing", "ioctl", request, json => json.WriteNumber("id", id), ChromiumLane.Of(call));
        Add("f", "crossing", "ioctl", request, json =>
        {
            json.WriteNumber("id", id);
            json.WriteString("bp", "e");
        });
    }

    private static void Payload(Utf8JsonWriter json, string name, TracedEvent e)
    {
        json.WriteStartObject(name);
        EventJson.WriteFields(json, e);
        json.WriteEndObject();
    }

    private void Add(string phase, string name, string category, TracedEvent e, Action<Utf8JsonWriter> rest, ChromiumLane? on = null)
    {
        ChromiumLane lane = on ?? ChromiumLane.Of(e);
        if (_named.Add(lane))
        {
            Line(json => lane.WriteName(json));
            Line(json => lane.WriteProcessName(json));
        }

        Line(json =>
        {
            json.WriteStartObject();
            json.WriteString("ph", phase);
            json.WriteString("name", name);
            json.WriteString("cat", category);
            json.WriteNumber("ts", EventJson.Time(e));
            json.WriteNumber("pid", lane.Process);
            json.WriteNumber("tid", lane.Thread);
            rest(json);
            json.WriteEndObject();
        });
    }

    private void Line(Action<Utf8JsonWriter> write)
    {
        output.Write(_begun ? ",\n" : "{\"traceEvents\":[\n");
        _begun = true;
        output.Write(JsonText.Of(OutputFormat.Json, write));
    }
}
