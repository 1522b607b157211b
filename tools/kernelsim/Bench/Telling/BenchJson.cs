using System.Text.Json;
using KernelSim.Tool.Bench.Maps;
using KernelSim.Tool.Bench.Measuring;
using KernelSim.UserMode;

namespace KernelSim.Tool.Bench.Telling;

/// <summary>Results as one JSON document: the machine, the host, and an object for each row.</summary>
internal static class BenchJson
{
    /// <summary>Writes them.</summary>
    public static void Write(Utf8JsonWriter json, BenchResults results)
    {
        json.WriteStartObject();
        json.WriteStartObject("machine");
        json.WriteNumber("cpus", results.Machine.Cpus);
        json.WriteString("heap", results.Machine.Heap == Protocol.Gate.HeapMode.Packed ? "packed" : "guarded");
        json.WriteNumber("seed", results.Machine.Seed);
        json.WriteString("library", LibraryVersionNames.NameOf(results.Machine.Library));
        json.WriteEndObject();
        json.WriteStartObject("host");
        json.WriteString("cpu", HostText.Cpu);
        json.WriteNumber("cpus", Environment.ProcessorCount);
        json.WriteString("system", HostText.System);
        json.WriteString("runtime", HostText.Runtime);
        json.WriteBoolean("bpf", results.HostMissing is null);
        json.WriteString("bpf_missing", results.HostMissing);
        json.WriteEndObject();
        json.WriteBoolean("complete", results.IsComplete);
        json.WriteStartArray("rows");
        foreach (RowResult row in results.Rows)
        {
            Write(json, row);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, RowResult row)
    {
        json.WriteStartObject();
        json.WriteString("name", row.Benchmark.Name);
        json.WriteString("does", row.Benchmark.Does);
        json.WriteString("unit", row.Benchmark.Group.Unit);
        json.WriteNumber("size", row.Elements);
        foreach (Contender contender in Enum.GetValues<Contender>())
        {
            json.WriteStartObject(ContenderNames.MemberOf(contender));
            Write(json, row, contender);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, RowResult row, Contender contender)
    {
        if (row.Of(contender) is not { } one)
        {
            json.WriteString("missing", row.Missing.GetValueOrDefault(contender));
            return;
        }

        Write(json, one);
        if (row.Of(contender, 2) is { } two)
        {
            json.WriteStartObject("two_threads");
            Write(json, two);
            json.WriteNumber("times", Math.Round(row.Scaling(contender)!.Value, 3));
            json.WriteEndObject();
        }
    }

    private static void Write(Utf8JsonWriter json, Measurement measurement)
    {
        json.WriteNumber("least", Math.Round(measurement.Least, 3));
        json.WriteNumber("median", Math.Round(measurement.Median, 3));
        json.WriteNumber("rounds", measurement.Rounds);
    }
}
