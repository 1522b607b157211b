using System.Text.Json;
using KernelSim.TraceAnalysis;
using KernelSim.TraceAnalysis.Events;
using KernelSim.TraceAnalysis.Wording;

namespace KernelSim.Playground.Runs;

/// <summary>The requests of a step: calls of the library, each with its control requests.</summary>
internal static class RequestJson
{
    /// <summary>
    /// Writes the property <c>requests</c>: for each request <c>id</c>, which is that of its events, <c>call</c>, <c>result</c> and <c>errno</c>,
    /// and the <c>ioctls</c> with their lengths and their status.
    /// </summary>
    /// <param name="json">Where to.</param>
    /// <param name="events">The events of the run.</param>
    /// <param name="first">The first event of the step.</param>
    public static void Write(Utf8JsonWriter json, IReadOnlyList<TracedEvent> events, int first)
    {
        json.WriteStartArray("requests");
        foreach (IGrouping<ulong, TracedEvent> request in events.Skip(first).Where(e => e.RequestId != 0).GroupBy(e => e.RequestId))
        {
            json.WriteStartObject();
            json.WriteNumber("id", request.Key);
            if (request.OfType<ApiCallStartEvent>().FirstOrDefault() is { } call)
            {
                json.WriteString("call", CallNotation.Of(call.Function, call.Descriptor, call.Count));
            }

            if (request.OfType<ApiCallStopEvent>().LastOrDefault() is { } stop)
            {
                json.WriteNumber("result", stop.Result);
                json.WriteString("errno", stop.Errno);
            }

            json.WriteStartArray("ioctls");
            foreach (IoctlView ioctl in IoctlView.Build([.. request]))
            {
                Write(json, ioctl);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, IoctlView ioctl)
    {
        json.WriteStartObject();
        json.WriteString("operation", ioctl.Start.Operation);
        json.WriteNumber("input", ioctl.Start.InputLength);
        json.WriteNumber("output", ioctl.Start.OutputLength);
        if (ioctl.Stop is { } stop)
        {
            json.WriteString("status", stop.Status);
            json.WriteNumber("information", stop.Information);
        }

        json.WriteEndObject();
    }
}
