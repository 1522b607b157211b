using System.Globalization;
using System.Text.Json;

namespace KernelSim.EndToEnd.Tests.Trace;

public sealed class WhyTests(TourTrace tour)
{
    [Fact]
    public void Without_a_request_the_first_that_failed_is_explained()
    {
        JsonElement why = Why();

        Assert.Equal(RequestOf("before-3564", "bpf_map_update_batch"), why.GetProperty("request").GetUInt64());
        Assert.Equal("fault", why.GetProperty("kind").GetString());
    }

    [Fact]
    public void A_short_buffer_under_the_upstream_library_is_told_by_buffer_element_and_slot()
    {
        JsonElement why = Why(RequestOf("upstream", "bpf_map_lookup_batch"));

        JsonElement fault = why.GetProperty("fault");
        Assert.Equal("fault", why.GetProperty("kind").GetString());
        Assert.Equal("upstream", why.GetProperty("library").GetString());
        Assert.Equal(("write", "values", 144), (Text(fault, "access"), Text(fault, "buffer"), fault.GetProperty("buffer_bytes").GetInt32()));
        Assert.Equal((2, 1), (fault.GetProperty("element").GetInt32(), fault.GetProperty("slot").GetInt32()));
        Assert.Equal(
            (128, 64, 48),
            (fault.GetProperty("offset").GetInt32(), fault.GetProperty("length").GetInt32(), fault.GetProperty("bytes_past_end").GetInt32()));
        Assert.Equal(["application", "library"], why.GetProperty("disagree").EnumerateArray().Select(p => p.GetString()));
        Assert.Equal("api.lookup_batch.values_size", Text(why.GetProperty("check"), "id"));
        Assert.False(why.GetProperty("check").GetProperty("refused").GetBoolean());
        Assert.EndsWith("Here: 12 × 64 = 768 bytes.", Text(why, "fix"), StringComparison.Ordinal);
        Assert.Equal(["BufferIn", "BufferOut", "BufferIn", "MapFetch", "BufferOut", "Unmarshal"], Stages(why));
    }

    [Fact]
    public void A_lookup_before_the_fix_that_says_success_is_told_by_the_witnesses()
    {
        JsonElement why = Why(RequestOf("before-3564", "bpf_map_lookup_batch"));

        Assert.Equal("disagreement", why.GetProperty("kind").GetString());
        Assert.Equal(0, why.GetProperty("result").GetInt32());
        Assert.Equal(["library", "kernel"], why.GetProperty("disagree").EnumerateArray().Select(p => p.GetString()));
        Assert.Equal([12, 12, 16], why.GetProperty("witnesses").EnumerateArray().Select(w => w.GetProperty("stride").GetInt32()));
        Assert.Equal([12, 12, 64], why.GetProperty("witnesses").EnumerateArray().Select(w => w.GetProperty("total").GetInt32()));
    }

    [Fact]
    public void A_refusal_of_the_checked_library_is_told_from_the_errno_back_to_the_check()
    {
        JsonElement why = Why(RequestOf("checked", "bpf_map_update_batch"));

        Assert.Equal("refused", why.GetProperty("kind").GetString());
        Assert.Equal((-22, "EINVAL"), (why.GetProperty("result").GetInt32(), Text(why, "errno")));
        Assert.Equal(
            [("errno", "EINVAL"), ("result", "EBPF_INVALID_ARGUMENT"), ("check", "api.update_batch.values_size")],
            why.GetProperty("chain").EnumerateArray().Select(s => (Text(s, "step"), Text(s, "is"))));
        JsonElement check = why.GetProperty("check");
        Assert.Equal(("values", 96, 512), (Text(check, "what"), check.GetProperty("given").GetInt32(), check.GetProperty("expected").GetInt32()));
        Assert.Empty(Stages(why));
        Assert.NotEmpty(Text(why, "fix"));
    }

    [Fact]
    public void Text_says_the_same_for_people()
    {
        ulong request = RequestOf("checked", "bpf_map_update_batch");

        ToolRun run = ToolRun.Of("trace", "why", tour.Path, "--request", request.ToString(CultureInfo.InvariantCulture));

        Assert.Equal(0, run.ExitCode);
        Assert.Matches(@"^\d+ events, 0 lost, 0 gaps\n\nRequest \d+: bpf_map_update_batch\(fd=\d+, count=8\)", run.Output);
        Assert.Contains("\nOutcome   bpf_map_update_batch returned -22, EINVAL.\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("values: 96 given, expected at least 512", run.Output, StringComparison.Ordinal);
        Assert.Contains("\nNo byte had moved before\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("\nFix\n", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"op":"map_lookup_elem","fd":"m","key":"07000000"}""", "ENOENT", "hash, percpu_hash: no element has the key.")]
    [InlineData(
        """{"op":"map_update_elem","fd":"m","key":"07000000","value":"0000000000000000","flags":2}""",
        "ENOENT",
        "Flag EXIST, and no element has the key.")]
    [InlineData("""{"op":"map_lookup_batch","fd":"m","count":1}""", "ENOENT", "Nothing is left: the map is empty, or in_batch is the last key.")]
    [InlineData("""{"op":"obj_get","path":"/nowhere"}""", "ENOENT", "Nothing is pinned under the path.")]
    [InlineData("""{"op":"map_get_fd_by_id","object_id":999}""", "ENOENT", "No object of this type has the id, or it is being deleted.")]
    public void An_errno_that_no_check_stands_for_is_explained_by_what_the_call_met(string call, string errno, string cause)
    {
        using TempFolder folder = new();
        string script = folder.Add("lab.jsonl", System.Text.Encoding.UTF8.GetBytes(
            """{"op":"map_create","as":"m","type":"hash","name":"m","key_size":4,"value_size":8,"max_entries":4}""" + $"\n{call}\n"));
        string trace = Path.Combine(folder.Path, "lab.nettrace");
        ToolRun recorded = ToolRun.Of("trace", "collect", "-o", trace, "--", "kernelsim", "script", script);
        Assert.True(recorded.ExitCode == 0, recorded.Error);

        ToolRun run = ToolRun.Of("trace", "why", trace, "-j");
        Assert.True(run.ExitCode == 0, run.Error);
        JsonElement why = ToolRun.Parse(run.Output);

        Assert.Equal(("failed", errno), (Text(why, "kind"), Text(why, "errno")));
        Assert.Contains($" That is: {cause}", Text(why, "why"), StringComparison.Ordinal);
        Assert.Equal($"`kernelsim explain {errno}` lists all that can end so.", Text(why, "fix"));
    }

    [Fact]
    public void A_request_that_the_trace_does_not_have_is_refused()
    {
        ToolRun run = ToolRun.Of("trace", "why", tour.Path, "--request", "999999");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("--request: 999999 given, expected a request of the trace", run.Error, StringComparison.Ordinal);
    }

    private static string Text(JsonElement e, string name) => e.GetProperty(name).GetString()!;

    private static IEnumerable<string> Stages(JsonElement why) => why.GetProperty("copies").EnumerateArray().Select(c => Text(c, "stage"));

    private JsonElement Why(ulong? request = null)
    {
        string[] which = request is { } id ? ["--request", id.ToString(CultureInfo.InvariantCulture)] : [];
        ToolRun run = ToolRun.Of(["trace", "why", tour.Path, "-j", .. which]);
        Assert.True(run.ExitCode == 0, run.Error);
        return ToolRun.Parse(run.Output);
    }

    /// <summary>The first call of a function in a process that opened a version of the library.</summary>
    private ulong RequestOf(string library, string function)
    {
        IEnumerable<JsonElement> after = ToolRun.Of("trace", "events", tour.Path, "-j").Json
            .SkipWhile(e => Text(e, "event") != "LibraryOpen" || Text(e.GetProperty("payload"), "version") != library);
        return after.Select(e => e.GetProperty("payload"))
            .First(p => p.TryGetProperty("descriptor", out _) && Text(p, "function") == function)
            .GetProperty("requestId").GetUInt64();
    }
}
