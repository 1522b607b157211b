using System.Text.Json;
using KernelSim.Protocol.Checks;
using KernelSim.TraceAnalysis.Reports;

namespace KernelSim.Tool.Trace.Report;

/// <summary>A report as one JSON document.</summary>
internal static class ReportJson
{
    /// <summary>Writes it.</summary>
    public static void Write(Utf8JsonWriter json, TraceReport report)
    {
        json.WriteStartObject();
        LossJson.WriteFields(json, report.Losses);
        Number(json, "duration_us", report.DurationUs);
        Array(json, "calls", report.Calls, Call);
        Array(json, "refusals", report.Refusals, Refusal);
        json.WriteNumber("faults", report.FaultCount);
        Array(json, "first_faults", report.Faults, Fault);
        Array(json, "maps", report.Maps, Map);
        Array(json, "cpus", report.Cpus, Cpu);
        Array(json, "slowest", report.Slowest, Slow);
        json.WriteStartObject("epochs");
        json.WriteNumber("advances", report.Epochs.Advances);
        json.WriteNumber("retired_blocks", report.Epochs.Retired);
        json.WriteNumber("retired_bytes", report.Epochs.RetiredBytes);
        json.WriteNumber("freed_blocks", report.Epochs.FreedBlocks);
        json.WriteEndObject();
        Array(json, "pool", report.Pool, Pool);
        json.WriteEndObject();
    }

    private static void Array<T>(Utf8JsonWriter json, string name, IEnumerable<T> rows, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray(name);
        foreach (T row in rows)
        {
            json.WriteStartObject();
            write(json, row);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Call(Utf8JsonWriter json, CallTotals c)
    {
        json.WriteString("function", c.Function);
        json.WriteNumber("calls", c.Calls);
        json.WriteNumber("failed", c.Failed);
        json.WriteNumber("unfinished", c.Unfinished);
        json.WriteStartObject("errnos");
        foreach ((string errno, long count) in c.Errnos)
        {
            json.WriteNumber(errno, count);
        }

        json.WriteEndObject();
        Number(json, "mean_us", c.MeanUs);
        Number(json, "median_us", c.MedianUs);
        Number(json, "p99_us", c.P99Us);
        Number(json, "max_us", c.MaxUs);
        json.WriteNumber("crossings", c.Crossings);
        json.WriteNumber("copies", c.Copies);
        json.WriteNumber("bytes", c.Bytes);
    }

    private static void Refusal(Utf8JsonWriter json, RefusalTotals r)
    {
        json.WriteString("check", r.Check);
        json.WriteString("code", CheckTable.Find(r.Check)?.Code);
        json.WriteNumber("count", r.Count);
        json.WriteString("site", r.Site);
        json.WriteString("result", r.Result);
        json.WriteString("errno", r.Errno);
        json.WriteNumber("first_request", r.FirstRequest);
        Array(json, "pairs", r.Pairs, Pair);
    }

    private static void Pair(Utf8JsonWriter json, RefusedPair p)
    {
        json.WriteString("what", p.What);
        json.WriteNumber("given", p.Given);
        json.WriteNumber("expected", p.Expected);
        json.WriteNumber("count", p.Count);
    }

    private static void Fault(Utf8JsonWriter json, FaultSummary f)
    {
        json.WriteNumber("request", f.Request);
        json.WriteNumber("process_id", f.ProcessId);
        json.WriteString("access", f.Access);
        json.WriteString("address", EventText.Hex(f.Address));
        json.WriteNumber("length", f.Length);
        json.WriteString("site", f.Site);
    }

    private static void Map(Utf8JsonWriter json, MapTotals m)
    {
        json.WriteNumber("id", m.Id);
        json.WriteString("name", m.Name);
        json.WriteString("type", m.Type);
        json.WriteNumber("requests", m.Requests);
        json.WriteNumber("stores", m.Stores);
        json.WriteNumber("bytes_stored", m.StoredBytes);
        json.WriteNumber("fetches", m.Fetches);
        json.WriteNumber("bytes_fetched", m.FetchedBytes);
    }

    private static void Cpu(Utf8JsonWriter json, CpuTotals c)
    {
        json.WriteNumber("cpu", c.Processor);
        json.WriteNumber("events", c.Events);
        json.WriteNumber("requests", c.Requests);
        json.WriteNumber("dpcs", c.Dpcs);
        json.WriteNumber("copies", c.Copies);
        json.WriteNumber("bytes", c.Bytes);
    }

    private static void Slow(Utf8JsonWriter json, SlowRequest r)
    {
        json.WriteNumber("request", r.Id);
        json.WriteString("function", r.Function);
        Number(json, "duration_us", r.DurationUs);
        json.WriteString("errno", r.Errno);
        json.WriteNumber("crossings", r.Crossings);
        json.WriteNumber("bytes", r.Bytes);
    }

    private static void Pool(Utf8JsonWriter json, PoolTotals p)
    {
        json.WriteString("tag", p.Tag);
        json.WriteNumber("allocations", p.Allocations);
        json.WriteNumber("bytes", p.AllocatedBytes);
        json.WriteNumber("frees", p.Frees);
        json.WriteNumber("bytes_freed", p.FreedBytes);
        json.WriteNumber("outstanding", p.OutstandingBytes);
        json.WriteNumber("peak", p.PeakBytes);
    }

    private static void Number(Utf8JsonWriter json, string name, double value) => json.WriteNumber(name, Math.Round(value, 3));
}
