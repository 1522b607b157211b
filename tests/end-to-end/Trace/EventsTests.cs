using System.Text.Json;

namespace KernelSim.EndToEnd.Tests.Trace;

public sealed class EventsTests(TourTrace tour)
{
    private static readonly string[] s_boundary = ["Copy", "SizeCheck"];

    [Fact]
    public void Json_lines_have_the_promised_shape_and_the_order_of_time()
    {
        IReadOnlyList<JsonElement> events = Events();

        Assert.All(events, e => Assert.Equal(["time_us", "provider", "event", "level", "payload"], e.EnumerateObject().Select(p => p.Name)));
        Assert.All(events, e => Assert.Equal(["requestId", "processor"], e.GetProperty("payload").EnumerateObject().Take(2).Select(p => p.Name)));
        Assert.All(events, e => Assert.Equal("sequence", e.GetProperty("payload").EnumerateObject().Last().Name));
        double[] times = [.. events.Select(e => e.GetProperty("time_us").GetDouble())];
        Assert.Equal(times.Order(), times);
    }

    [Fact]
    public void A_copy_has_the_promised_payload_and_addresses_are_whole()
    {
        JsonElement payload = Events("--event", "Copy")[0].GetProperty("payload");

        Assert.Equal(
            ["requestId", "processor", "stage", "element", "slot", "source", "destination", "bytes", "sequence"],
            payload.EnumerateObject().Select(p => p.Name));
        Assert.Contains(
            Events("--event", "Copy"),
            e => e.GetProperty("payload").GetProperty("source").GetUInt64() > 0xffff_8000_0000_0000);
    }

    [Theory]
    [InlineData("--request", "17")]
    [InlineData("--request", "#17")]
    public void A_request_filter_shows_that_request_alone(string option, string id)
    {
        IReadOnlyList<JsonElement> events = Events(option, id);

        Assert.NotEmpty(events);
        Assert.All(events, e => Assert.Equal(17UL, RequestOf(e)));
    }

    [Fact]
    public void Two_requests_may_be_asked_for() =>
        Assert.Equal([4UL, 17UL], Events("--request", "4", "--request", "17").Select(RequestOf).Distinct().Order());

    [Theory]
    [InlineData("UserApi", "KernelSim-UserApi")]
    [InlineData("KernelSim-Kernel", "KernelSim-Kernel")]
    [InlineData("kernel", "KernelSim-Kernel")]
    public void A_provider_filter_takes_the_short_name_too(string asked, string provider)
    {
        IReadOnlyList<JsonElement> events = Events("--provider", asked);

        Assert.NotEmpty(events);
        Assert.All(events, e => Assert.Equal(provider, e.GetProperty("provider").GetString()));
    }

    [Fact]
    public void A_level_filter_shows_graver_events_too() =>
        Assert.Equal(["Error", "Warning"], Events("--level", "warning").Select(e => e.GetProperty("level").GetString()).Distinct().Order());

    [Theory]
    [InlineData("EINVAL")]
    [InlineData("22")]
    [InlineData("-22")]
    [InlineData("0x16")]
    [InlineData("-0x16")]
    [InlineData("0xFFFFFFEA")]
    [InlineData(" einval ")]
    public void An_errno_filter_shows_the_whole_requests_that_met_it(string errno)
    {
        IReadOnlyList<JsonElement> events = Events("--errno", errno);

        ulong[] requests = [.. events.Select(RequestOf).Distinct()];
        Assert.Equal(2, requests.Length);
        Assert.All(requests, id => Assert.Equal(
            Events("--request", $"{id}").Select(e => e.GetRawText()),
            events.Where(e => RequestOf(e) == id).Select(e => e.GetRawText())));
        Assert.Equal(2, events.Count(e => e.GetProperty("event").GetString() == "ApiCallStop"
            && e.GetProperty("payload").GetProperty("errno").GetString() == "EINVAL"));
    }

    [Fact]
    public void A_map_filter_takes_the_id_and_shows_the_requests_that_reached_the_map()
    {
        JsonElement created = Events("--event", "MapCreate")[0].GetProperty("payload");
        string id = created.GetProperty("mapId").GetRawText();

        IReadOnlyList<JsonElement> events = Events("--map", id);

        Assert.Contains(events, e => e.GetProperty("event").GetString() == "Copy");
        HashSet<ulong> reached =
            [.. events.Where(e => e.GetProperty("payload").TryGetProperty("mapId", out JsonElement map) && map.GetRawText() == id).Select(RequestOf)];
        Assert.All(events, e => Assert.Contains(RequestOf(e), reached));
    }

    [Fact]
    public void A_map_filter_takes_the_name_and_reaches_events_before_the_name_is_said() =>
        Assert.Equal(
            Events("--event", "MapLayout").Count,
            Events("--event", "MapLayout", "--map", "stats").Count);

    [Fact]
    public void Filters_are_met_together() =>
        Assert.All(Events("--request", "17", "--event", "Copy", "--event", "SizeCheck", "--provider", "Kernel"), e =>
        {
            Assert.Equal(17UL, RequestOf(e));
            Assert.Contains(e.GetProperty("event").GetString(), s_boundary);
            Assert.Equal("KernelSim-Kernel", e.GetProperty("provider").GetString());
        });

    [Fact]
    public void Text_tells_a_refused_call_in_lines_like_strace()
    {
        string text = ToolRun.Of("trace", "events", tour.Path, "--errno", "EINVAL").Output;

        Assert.Matches(@"(?m)^ +\d+\.\d  #\d+ +user   bpf_map_update_batch\(fd=\d+, count=8\) \.\.\.$", text);
        Assert.Matches(@"(?m)     check api\.update_batch\.values_size: values 96 given, expected at least 512 REFUSED$", text);
        Assert.Matches(
            @"(?m)     refused by KS\d+ api\.update_batch\.values_size at bpf_map_update_batch: EBPF_INVALID_ARGUMENT, none, EINVAL$", text);
        Assert.Matches(@"(?m) bpf_map_update_batch = -22 EINVAL, count 0$", text);
    }

    [Fact]
    public void A_filter_that_nothing_meets_says_so_on_stderr()
    {
        ToolRun run = ToolRun.Of("trace", "events", tour.Path, "--event", "Bugcheck");

        Assert.Equal(0, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.Matches(@"^kernelsim: \d+ events, 0 lost, 0 gaps; 0 match\n$", run.Error);
    }

    [Fact]
    public void Indented_json_is_the_same_documents()
    {
        ToolRun run = ToolRun.Of("trace", "events", tour.Path, "--event", "LibraryOpen", "-p");

        Assert.Contains("\n  \"payload\": {", run.Output, StringComparison.Ordinal);
    }

    private static ulong RequestOf(JsonElement e) => e.GetProperty("payload").GetProperty("requestId").GetUInt64();

    private IReadOnlyList<JsonElement> Events(params string[] filters)
    {
        ToolRun run = ToolRun.Of(["trace", "events", tour.Path, "-j", .. filters]);
        Assert.True(run.ExitCode == 0, run.Error);
        return run.Json;
    }

    [Fact]
    public void An_event_that_does_not_exist_is_refused_with_the_one_that_may_be_meant()
    {
        ToolRun run = ToolRun.Of("trace", "events", tour.Path, "--event", "Copie");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(
            "--event: 'Copie' given, expected the name of an event, such as Copy; did you mean 'Copy'?", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_call_without_a_descriptor_shows_none()
    {
        string text = ToolRun.Of("trace", "events", tour.Path, "--event", "ApiCallStart").Output;

        Assert.Matches(@"(?m)user   bpf_map_create\(\) \.\.\.$", text);
        Assert.DoesNotMatch(@"fd=-?\d+, count=[01]\)|fd=0|fd=-1", text);
    }
}
