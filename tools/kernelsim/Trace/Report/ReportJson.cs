using System.Text.Json;
using KernelSim.Protocol.Checks;
using KernelSim.TraceAnalysis;
using KernelSim.TraceAnalysis.Reports;
using KernelSim.TraceAnalysis.Wording;

namespace KernelSim.Tool.Trace.Report;

/// <summary>A report as one JSON document: an array of objects for each subject, a list of named values for each object.</summary>
internal static class ReportJson
{
    /// <summary>Writes it.</summary>
    public static void Write(Utf8JsonWriter json, TraceReport report)
    {
        json.WriteStartObject();
        LossJson.WriteFields(json, report.Losses);
        Value(json, "duration_us", report.DurationUs);
        Value(json, "begins_at_boot", report.BeginsAtBoot);
        json.WritePropertyName("recorded");
        Coverage shown = report.Coverage;
        Row(json, [("crossings", shown.HasCrossings), ("refusals", shown.HasRefusals), ("faults", shown.HasFaults), ("copies", shown.HasCopies)]);
        Rows(json, "calls", report.Calls, c =>
        [
            ("function", c.Function), ("calls", c.Calls), ("failed", c.Failed), ("unfinished", c.Unfinished), ("errnos", c.Errnos),
            ("mean_us", c.MeanUs), ("median_us", c.MedianUs), ("p99_us", c.P99Us),
            ("max_us", c.MaxUs), ("first_us", c.FirstUs), ("later_mean_us", c.Later?.MeanUs),
            ("later_median_us", c.Later?.MedianBoundUs), ("later_p99_us", c.Later?.P99BoundUs), ("later_max_us", c.Later?.MaxUs),
            ("crossings", c.Crossings), ("copies", c.Copies), ("bytes", c.Bytes),
        ]);
        Rows(json, "refusals", report.Refusals, Refusal);
        Value(json, "faults", report.FaultCount);
        Rows(json, "first_faults", report.Faults, f =>
        [
            ("request", f.Request), ("process_id", f.ProcessId), ("access", f.Access), ("address", EventText.Hex(f.Address)),
            ("length", f.Length), ("site", f.Site),
        ]);
        Rows(json, "maps", report.Maps, m =>
        [
            ("id", m.Id), ("name", m.Name), ("type", m.Type), ("requests", m.Requests), ("helper_calls", m.HelperCalls),
            ("stores", m.Stores), ("bytes_stored", m.StoredBytes), ("fetches", m.Fetches), ("bytes_fetched", m.FetchedBytes),
        ]);
        Rows(json, "rings", report.Rings, r =>
        [
            ("map", r.MapId), ("ring", r.Ring), ("records", r.Records), ("bytes", r.Bytes), ("discarded", r.Discarded), ("lost", r.Lost),
            ("wakeups", r.Wakeups), ("returns", r.Returns), ("queries", r.Queries),
        ]);
        Rows(json, "programs", report.Programs, p =>
        [
            ("id", p.Id), ("name", p.Name), ("type", p.Type), ("load", p.Load), ("runs", p.Runs), ("tail_calls", p.TailCalls),
            ("helper_calls", p.HelperCalls), ("lines", p.Lines), ("test_runs", p.TestRuns), ("failed_test_runs", p.FailedTestRuns),
            ("repeats", p.Repeats), ("ns_a_run", p.NanosecondsARun), ("instructions", p.Instructions),
            ("runs_without_instructions", p.RunsWithoutInstructions),
        ]);
        Rows(json, "program_faults", report.ProgramFaults, f =>
        [
            ("request", f.RequestId), ("cpu", f.Processor), ("program", f.ProgramId), ("name", f.Program), ("instruction", f.Instruction),
            ("text", f.Text), ("line", f.Line),
        ]);
        Rows(json, "helpers", report.Helpers, h => [("helper", h.Helper), ("map", h.MapId), ("calls", h.Calls), ("failures", h.Failures)]);
        Rows(json, "links", report.Links, l =>
        [
            ("id", l.Id), ("program", l.ProgramId), ("attach_type", l.AttachType), ("answer", l.Answer), ("attached", l.Attached),
            ("detached", l.Detached), ("invocations", l.Invocations), ("failed", l.Failed), ("last_result", l.LastResult),
        ]);
        Rows(json, "cpus", report.Cpus, c =>
        [
            ("cpu", c.Processor), ("events", c.Events), ("requests", c.Requests), ("dpcs", c.Dpcs), ("copies", c.Copies), ("bytes", c.Bytes),
        ]);
        Rows(json, "slowest", report.Slowest, r =>
        [
            ("request", r.Id), ("function", r.Function), ("duration_us", r.DurationUs), ("errno", r.Errno), ("crossings", r.Crossings),
            ("bytes", r.Bytes),
        ]);
        json.WritePropertyName("epochs");
        EpochTotals e = report.Epochs;
        Row(json, [("advances", e.Advances), ("retired_blocks", e.Retired), ("retired_bytes", e.RetiredBytes), ("freed_blocks", e.FreedBlocks)]);
        Rows(json, "pool", report.Pool, p =>
        [
            ("tag", p.Tag), ("allocations", p.Allocations), ("bytes", p.AllocatedBytes), ("frees", p.Frees), ("bytes_freed", p.FreedBytes),
            ("outstanding", p.OutstandingBytes), ("peak", p.PeakBytes),
        ]);
        json.WriteEndObject();
    }

    private static (string Name, object? Value)[] Refusal(RefusalTotals r)
    {
        Check? check = CheckTable.Find(r.Check);
        return
        [
            ("check", r.Check), ("code", check?.Code), ("count", r.Count), ("site", r.Site), ("result", r.Result),
            ("errno", r.Errno), ("first_request", r.FirstRequest), ("pairs", r.Pairs.Select(p => Pair(check, p))),
        ];
    }

    private static (string Name, object? Value)[] Pair(Check? check, RefusedPair p) =>
    [
        ("what", p.What), ("given", CheckJson.Value(check, p.Given)), ("expected", CheckJson.Value(check, p.Expected)), ("count", p.Count),
    ];

    private static void Rows<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Func<T, (string Name, object? Value)[]> row) =>
        Value(json, name, items.Select(row));

    private static void Row(Utf8JsonWriter json, IEnumerable<(string Name, object? Value)> fields)
    {
        json.WriteStartObject();
        foreach ((string name, object? value) in fields)
        {
            Value(json, name, value);
        }

        json.WriteEndObject();
    }

    /// <summary>A named value: text, a number (microseconds to the nanosecond), counts by name, or rows.</summary>
    private static void Value(Utf8JsonWriter json, string name, object? value)
    {
        json.WritePropertyName(name);
        switch (value)
        {
            case IEnumerable<(string Name, object? Value)[]> rows:
                json.WriteStartArray();
                foreach ((string, object?)[] row in rows)
                {
                    Row(json, row);
                }

                json.WriteEndArray();
                break;
            case IEnumerable<KeyValuePair<string, long>> counts:
                Row(json, counts.Select(c => (c.Key, (object?)c.Value)));
                break;
            case bool truth:
                json.WriteBooleanValue(truth);
                break;
            case double microseconds:
                json.WriteNumberValue(Math.Round(microseconds, 3));
                break;
            case ulong number:
                json.WriteNumberValue(number);
                break;
            case int or long:
                json.WriteNumberValue(Convert.ToInt64(value, null));
                break;
            default:
                json.WriteStringValue((string?)value);
                break;
        }
    }
}
