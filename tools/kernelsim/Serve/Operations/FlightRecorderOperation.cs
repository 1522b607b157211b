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
        int count = request.TryGetProperty("count", out JsonElement given) ? given.GetInt32() : FlightRecorder.DefaultCount;
        answer.WriteStartArray("records");
        foreach (FlightEntry record in machine.FlightRecorder.Read(count))
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
}
