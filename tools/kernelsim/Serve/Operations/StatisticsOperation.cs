using System.Diagnostics;
using System.Text.Json;
using KernelSim.EbpfCore.Maps;
using KernelSim.Nt;
using KernelSim.Tool.Serve.Statistics;

namespace KernelSim.Tool.Serve.Operations;

/// <summary>
/// <c>server_statistics</c>: what the machine has done since this connection first asked, and what its processors did. Counting begins with the
/// first request and ends with the connection: without a reader nothing is counted.
/// </summary>
internal sealed class StatisticsOperation(LabServer server) : IServerOperation, IDisposable
{
    private readonly Stopwatch _clock = new();
    private MachineCounters? _counters;
    private ProcessorWatch? _processors;

    /// <inheritdoc/>
    public void Answer(JsonElement request, Utf8JsonWriter answer)
    {
        Machine machine = server.Lab.Machine;
        _clock.Start();
        _counters ??= new MachineCounters();
        _processors ??= new ProcessorWatch(machine);

        answer.WriteNumber("elapsed_us", (long)_clock.Elapsed.TotalMicroseconds);
        answer.WriteNumber("calls", _counters.Calls);
        answer.WriteNumber("failed", _counters.FailedCalls);
        answer.WriteNumber("ioctls", _counters.Ioctls);
        answer.WriteNumber("copies", _counters.Copies);
        answer.WriteNumber("bytes", _counters.Bytes);
        answer.WriteNumber("processes", machine.Processes.All.Count);
        answer.WriteNumber("pool_bytes", machine.Pool.BytesInUse);
        WriteRefusals(answer);
        WriteProcessors(answer);
        WriteMaps(answer);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _processors?.Dispose();
        _counters?.Dispose();
    }

    private void WriteRefusals(Utf8JsonWriter answer)
    {
        answer.WriteStartObject("refusals");
        foreach ((string check, long count) in _counters!.Refusals)
        {
            answer.WriteNumber(check, count);
        }

        answer.WriteEndObject();
    }

    private void WriteProcessors(Utf8JsonWriter answer)
    {
        answer.WriteStartArray("processors");
        foreach (ProcessorSamples processor in _processors!.Take())
        {
            answer.WriteStartObject();
            answer.WriteNumber("number", processor.Number);
            answer.WriteNumber("samples", processor.Samples);
            answer.WriteNumber("busy", processor.Busy);
            answer.WriteNumber("threads", processor.Threads);
            answer.WriteNumber("irql", (int)processor.Irql);
            answer.WriteEndObject();
        }

        answer.WriteEndArray();
    }

    private void WriteMaps(Utf8JsonWriter answer)
    {
        IReadOnlyDictionary<uint, long> requests = RecentRequests.ByObject(server.Lab.Machine);
        answer.WriteStartArray("maps");
        foreach (EbpfMap map in server.Lab.Driver.ListObjects().OfType<EbpfMap>())
        {
            answer.WriteStartObject();
            answer.WriteNumber("id", map.Id);
            answer.WriteString("name", map.Name);
            answer.WriteString("type", map.Traits.Name);
            answer.WriteNumber("requests", requests.GetValueOrDefault(map.Id));
            answer.WriteEndObject();
        }

        answer.WriteEndArray();
    }
}
