using System.Text.Json;

namespace KernelSim.Tool.Top;

/// <summary>A frame as a JSON object. Rates are per second, loads and shares from 0 to 1.</summary>
internal static class TopJson
{
    /// <summary>Writes it.</summary>
    public static void Write(Utf8JsonWriter json, TopFrame frame)
    {
        json.WriteStartObject();
        json.WriteString("server", frame.Server);
        json.WriteNumber("seconds", Round(frame.Seconds));
        json.WriteNumber("processes", frame.Processes);
        json.WriteNumber("pool_bytes", frame.PoolBytes);
        json.WriteNumber("calls", Round(frame.Calls));
        json.WriteNumber("failed", Round(frame.FailedCalls));
        json.WriteNumber("requests", Round(frame.Ioctls));
        json.WriteNumber("copies", Round(frame.Copies));
        json.WriteNumber("bytes", Round(frame.Bytes));
        json.WriteNumber("refusals", Round(frame.RefusalRate));
        json.WriteStartArray("processors");
        foreach ((TopProcessor processor, double load) in frame.Processors)
        {
            json.WriteStartObject();
            json.WriteNumber("processor", processor.Number);
            json.WriteNumber("load", Round(load));
            json.WriteNumber("threads", processor.Threads);
            json.WriteNumber("irql", processor.Irql);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("maps");
        foreach ((TopMap map, double share) in frame.Maps)
        {
            json.WriteStartObject();
            json.WriteNumber("id", map.Id);
            json.WriteString("name", map.Name);
            json.WriteString("type", map.Type);
            json.WriteNumber("share", Round(share));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("checks");
        foreach ((string check, double rate) in frame.Refusals)
        {
            json.WriteStartObject();
            json.WriteString("check", check);
            json.WriteNumber("refusals", Round(rate));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static double Round(double value) => Math.Round(value, 3);
}
