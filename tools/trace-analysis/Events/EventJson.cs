using System.Text.Json;
using KernelSim.Protocol.Checks;

namespace KernelSim.TraceAnalysis.Events;

/// <summary>Events as JSON, in the shape that the command line promises.</summary>
internal static class EventJson
{
    /// <summary>Decimal places of a microsecond that are written.</summary>
    private const int TimeDigits = 3;

    /// <summary>Writes one event as an object.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="e">The event.</param>
    /// <param name="processId">The host process, where events of several are written in turn.</param>
    public static void Write(Utf8JsonWriter json, TracedEvent e, int? processId = null)
    {
        json.WriteStartObject();
        if (processId is { } id)
        {
            json.WriteNumber("process_id", id);
        }

        json.WriteNumber("time_us", Time(e));
        json.WriteString("provider", e.Header.Provider);
        json.WriteString("event", e.Header.Name);
        json.WriteString("level", e.Header.Level);
        json.WriteStartObject("payload");
        WriteFields(json, e);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>An event's time in microseconds, without digits below the clock's resolution.</summary>
    public static double Time(TracedEvent e) => Math.Round(e.Header.TimeUs, TimeDigits);

    /// <summary>Writes the fields of an event into an open object.</summary>
    public static void WriteFields(Utf8JsonWriter json, TracedEvent e)
    {
        bool isUnsigned = e is SizeCheckEvent check && CheckTable.Find(check.Check)?.Numbers == CheckNumbers.Unsigned;
        for (int i = 0; i < e.Header.Payload.Count; i++)
        {
            (string name, object? value) = e.Header.Payload[i];
            WriteField(json, name, isUnsigned && value is long number ? unchecked((ulong)number) : value);
        }
    }

    private static void WriteField(Utf8JsonWriter json, string name, object? value)
    {
        switch (value)
        {
            case int number:
                json.WriteNumber(name, number);
                break;
            case uint number:
                json.WriteNumber(name, number);
                break;
            case long number:
                json.WriteNumber(name, number);
                break;
            case ulong number:
                json.WriteNumber(name, number);
                break;
            default:
                json.WriteString(name, value?.ToString() ?? string.Empty);
                break;
        }
    }
}
