using System.Text.Json;
using KernelSim.Nt.Ke;

namespace KernelSim.Tool.Serve;

/// <summary>Records of the flight recorder as the server sends them.</summary>
internal static class RecorderAnswer
{
    /// <summary>Writes the member <c>records</c>.</summary>
    public static void Write(Utf8JsonWriter json, IEnumerable<FlightEntry> records)
    {
        json.WriteStartArray("records");
        foreach (FlightEntry record in records)
        {
            json.WriteStartObject();
            json.WriteNumber("sequence", record.Sequence);
            json.WriteNumber("processor", record.Processor);
            json.WriteString("kind", record.Name);
            json.WriteNumber("request", record.Request);
            json.WriteString("text", record.Text);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
