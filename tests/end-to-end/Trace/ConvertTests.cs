using System.Text.Json;

namespace KernelSim.EndToEnd.Tests.Trace;

public sealed class ConvertTests(TourTrace tour)
{
    [Fact]
    public void Chromium_json_has_every_call_and_request_as_a_complete_slice_with_its_payloads()
    {
        IReadOnlyList<JsonElement> slices = [.. Chromium().Where(e => Text(e, "ph") == "X")];

        Assert.Equal(Count("ApiCallStart"), slices.Count(s => Text(s, "cat") == "api"));
        Assert.Equal(Count("IoctlStart"), slices.Count(s => Text(s, "cat") == "ioctl"));
        Assert.All(slices, s => Assert.True(s.GetProperty("dur").GetDouble() >= 0));
        Assert.All(slices, s => Assert.True(s.GetProperty("args").GetProperty("start").TryGetProperty("requestId", out _)));
        Assert.Equal(3, slices.Count(s => Text(s, "cat") == "api" && !s.GetProperty("args").GetProperty("returned").GetBoolean()));
    }

    [Fact]
    public void Chromium_json_has_everything_else_as_instants_with_payloads()
    {
        int pairs = Count("ApiCallStart", "ApiCallStop", "IoctlStart", "IoctlStop");

        IReadOnlyList<JsonElement> instants = [.. Chromium().Where(e => Text(e, "ph") == "i")];

        Assert.Equal(Count() - pairs, instants.Count);
        Assert.All(
            instants.Where(i => Text(i, "name") == "Copy MapFetch"), i => Assert.True(i.GetProperty("args").GetProperty("bytes").GetInt64() > 0));
    }

    [Fact]
    public void An_arrow_leads_from_each_call_to_each_of_its_requests()
    {
        IReadOnlyList<JsonElement> events = Chromium();
        IEnumerable<(long Id, double Time)> Ends(string phase) =>
            events.Where(e => Text(e, "ph") == phase).Select(e => (e.GetProperty("id").GetInt64(), e.GetProperty("ts").GetDouble()));

        Assert.NotEmpty(Ends("s"));
        Assert.Equal(Ends("s"), Ends("f"));
    }

    [Fact]
    public void Lanes_are_named_and_slices_of_a_lane_nest()
    {
        IReadOnlyList<JsonElement> events = Chromium();
        string[] lanes = [.. events.Where(e => Text(e, "name") == "thread_name").Select(e => Text(e.GetProperty("args"), "name"))];

        Assert.Contains("CPU 0", lanes);
        Assert.Contains("machine", lanes);
        Assert.Contains(lanes, l => l.StartsWith("application thread ", StringComparison.Ordinal));
        foreach (var lane in events.Where(e => Text(e, "ph") == "X").GroupBy(e => (e.GetProperty("pid").GetInt32(), e.GetProperty("tid").GetInt64())))
        {
            (double From, double To)[] slices =
            [
                .. lane.Select(s => (From: s.GetProperty("ts").GetDouble(), To: s.GetProperty("ts").GetDouble() + s.GetProperty("dur").GetDouble()))
                    .Where(s => s.To < events.Max(e => e.TryGetProperty("ts", out JsonElement ts) ? ts.GetDouble() : 0))
                    .OrderBy(s => s.From),
            ];
            Assert.All(
                slices.Zip(slices.Skip(1)),
                pair => Assert.True(pair.Second.From >= pair.First.To - 0.002 || pair.Second.To <= pair.First.To + 0.002));
        }
    }

    [Fact]
    public void A_table_has_a_row_for_each_event_and_as_many_cells_in_each()
    {
        ToolRun run = ToolRun.Of("trace", "convert", tour.Path, "--format", "csv");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(Count() + 1, run.Lines.Count);
        Assert.StartsWith("time_us,provider,event,level,requestId,processor,", run.Lines[0], StringComparison.Ordinal);
        int columns = run.Lines[0].Split(',').Length;
        Assert.All(run.Lines.Where(l => !l.Contains('"', StringComparison.Ordinal)), l => Assert.Equal(columns, l.Split(',').Length));
    }

    [Fact]
    public void The_output_goes_to_the_file_that_is_named()
    {
        using TempFolder folder = new();
        string path = Path.Combine(folder.Path, "tour.json");

        ToolRun run = ToolRun.Of("trace", "convert", tour.Path, "-o", path);

        Assert.Equal(0, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.Equal(ToolRun.Of("trace", "convert", tour.Path).Output, File.ReadAllText(path));
    }

    [Fact]
    public void A_file_that_cannot_be_written_is_named()
    {
        ToolRun run = ToolRun.Of("trace", "convert", tour.Path, "-o", "/nowhere/tour.json");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("'/nowhere/tour.json' given, expected a file to write to", run.Error, StringComparison.Ordinal);
    }

    private static string Text(JsonElement e, string name) => e.GetProperty(name).GetString()!;

    private IReadOnlyList<JsonElement> Chromium()
    {
        ToolRun run = ToolRun.Of("trace", "convert", tour.Path, "--format", "chromium");
        Assert.True(run.ExitCode == 0, run.Error);
        return [.. ToolRun.Parse(run.Output).GetProperty("traceEvents").EnumerateArray()];
    }

    private int Count(params string[] names) =>
        ToolRun.Of(["trace", "events", tour.Path, "-j", .. names.SelectMany(n => new[] { "--event", n })]).Lines.Count;
}
