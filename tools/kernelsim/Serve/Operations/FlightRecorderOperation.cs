using System.Text.Json;
using KernelSim.Nt;
using KernelSim.Nt.Ke;

namespace KernelSim.Tool.Serve.Operations;

/// <summary>
/// <c>server_flight_recorder</c>: the newest records of the machine's flight recorder, oldest first; <c>count</c> says how many, from 0.
/// </summary>
internal sealed class FlightRecorderOperation(Machine machine) : IServerOperation
{
    /// <inheritdoc/>
    public void Answer(JsonElement request, Utf8JsonWriter answer)
    {
        answer.WriteStartArray("records");
        foreach (FlightEntry record in machine.FlightRecorder.Read(Count(request)))
        {
            answer.WriteStartObject();
            answer.WriteNumber("sequence", record.Sequence);
            answer.WriteNumber("processor", record.Processor);
            answer.WriteString("kind", record.Name);
            answer.WriteNumber("request", record.Request);
            answer.WriteString("text", record.Text);
            answer.WriteEndObject();
        }

        answer.WriteEndArray();
    }

    /// <summary>A number that is none of records counts as the nearest one.</summary>
    private static int Count(JsonElement request) => request.TryGetProperty("count", out JsonElement count)
        ? (int)Math.Clamp(count.GetDouble(), 0, int.MaxValue)
        : FlightRecorder.DefaultCount;
}
