using System.Text.Json;

namespace KernelSim.EndToEnd.Tests.Trace;

public sealed class ReportTests(TourTrace tour)
{
    [Fact]
    public void The_first_line_says_how_complete_the_trace_is()
    {
        ToolRun run = ToolRun.Of("trace", "report", tour.Path, "--require-complete");

        Assert.Equal(0, run.ExitCode);
        Assert.Empty(run.Error);
        Assert.Matches(@"^\d+ events, 0 lost, 0 gaps$", run.Lines[0]);
    }

    [Fact]
    public void The_report_counts_every_event_of_the_trace()
    {
        JsonElement report = Report();

        long listed = ToolRun.Of("trace", "events", tour.Path, "-j").Lines.Count;
        Assert.Equal(listed, report.GetProperty("events").GetInt64());
        Assert.Equal(listed, Sum(report, "cpus", "events"));
        Assert.True(report.GetProperty("complete").GetBoolean());
    }

    [Fact]
    public void Calls_have_their_crossings_copies_bytes_and_endings()
    {
        JsonElement update = Row(Report(), "calls", "function", "bpf_map_update_batch");

        Assert.Equal(5, update.GetProperty("calls").GetInt64());
        Assert.Equal(1, update.GetProperty("errnos").GetProperty("EINVAL").GetInt64());
        Assert.Equal(2, update.GetProperty("unfinished").GetInt64());
        Assert.Equal(Events("bpf_map_update_batch", "Copy").Count(), update.GetProperty("copies").GetInt64());
        Assert.Equal(
            Events("bpf_map_update_batch", "Copy").Sum(e => e.GetProperty("payload").GetProperty("bytes").GetInt64()),
            update.GetProperty("bytes").GetInt64());
        Assert.Equal(Events("bpf_map_update_batch", "IoctlStart").Count(), update.GetProperty("crossings").GetInt64());
        Assert.True(update.GetProperty("median_us").GetDouble() <= update.GetProperty("p99_us").GetDouble());
        Assert.True(update.GetProperty("p99_us").GetDouble() <= update.GetProperty("max_us").GetDouble());
    }

    [Fact]
    public void Refusals_are_grouped_by_check_with_what_was_given_and_expected()
    {
        JsonElement refusal = Row(Report(), "refusals", "check", "api.update_batch.values_size");

        Assert.Equal(1, refusal.GetProperty("count").GetInt64());
        Assert.Equal("EINVAL", refusal.GetProperty("errno").GetString());
        JsonElement pair = Assert.Single(refusal.GetProperty("pairs").EnumerateArray());
        Assert.Equal((96, 512), (pair.GetProperty("given").GetInt32(), pair.GetProperty("expected").GetInt32()));
    }

    [Fact]
    public void A_fault_that_library_and_kernel_both_report_is_one()
    {
        JsonElement report = Report();

        Assert.Equal(3, report.GetProperty("faults").GetInt64());
        Assert.Equal(["read", "read", "write"], report.GetProperty("first_faults").EnumerateArray().Select(f => f.GetProperty("access").GetString()));
    }

    [Fact]
    public void What_maps_stored_and_fetched_is_what_the_copies_of_requests_and_programs_say()
    {
        JsonElement report = Report();

        Assert.Equal(BytesOf("MapStore"), Sum(report, "maps", "bytes_stored"));
        Assert.Equal(BytesOf("MapFetch"), Sum(report, "maps", "bytes_fetched"));
        Assert.All(report.GetProperty("maps").EnumerateArray(), m => Assert.Equal("percpu_hash", m.GetProperty("type").GetString()));
    }

    [Fact]
    public void Pool_that_was_given_was_taken_back() =>
        Assert.All(Report().GetProperty("pool").EnumerateArray(), tag => Assert.Equal(0, tag.GetProperty("outstanding").GetInt64()));

    [Fact]
    public void The_slowest_requests_are_as_many_as_asked_for_the_slowest_first()
    {
        double[] durations = [.. Report("--top", "3").GetProperty("slowest").EnumerateArray().Select(r => r.GetProperty("duration_us").GetDouble())];

        Assert.Equal(3, durations.Length);
        Assert.Equal(durations.OrderDescending(), durations);
    }

    [Fact]
    public void Text_has_a_table_for_each_subject()
    {
        string text = ToolRun.Of("trace", "report", tour.Path).Output;

        string[] headings =
            ["Calls of the library", "What one call costs", "Refusals", "Access violations: 3", "Maps", "Processors", "Slowest requests", "Pool"];
        Assert.All(headings, h => Assert.Contains($"\n\n{h}\n", text, StringComparison.Ordinal));
    }

    private static JsonElement Row(JsonElement report, string list, string key, string value) =>
        report.GetProperty(list).EnumerateArray().Single(r => r.GetProperty(key).GetString() == value);

    private static long Sum(JsonElement report, string list, string field) =>
        report.GetProperty(list).EnumerateArray().Sum(r => r.GetProperty(field).GetInt64());

    private JsonElement Report(params string[] options)
    {
        ToolRun run = ToolRun.Of(["trace", "report", tour.Path, "-j", .. options]);
        Assert.True(run.ExitCode == 0, run.Error);
        return ToolRun.Parse(run.Output);
    }

    private long BytesOf(string stage) =>
        ToolRun.Of("trace", "events", tour.Path, "--event", "Copy", "-j").Json
            .Select(e => e.GetProperty("payload"))
            .Where(p => p.GetProperty("stage").GetString() == stage)
            .Sum(p => p.GetProperty("bytes").GetInt64());

    /// <summary>The events of a name in all calls of a function.</summary>
    private IEnumerable<JsonElement> Events(string function, string name)
    {
        HashSet<ulong> calls =
        [
            .. ToolRun.Of("trace", "events", tour.Path, "--event", "ApiCallStart", "-j").Json
                .Select(e => e.GetProperty("payload"))
                .Where(p => p.GetProperty("function").GetString() == function)
                .Select(p => p.GetProperty("requestId").GetUInt64()),
        ];
        return ToolRun.Of("trace", "events", tour.Path, "--event", name, "-j").Json
            .Where(e => calls.Contains(e.GetProperty("payload").GetProperty("requestId").GetUInt64()));
    }
}
