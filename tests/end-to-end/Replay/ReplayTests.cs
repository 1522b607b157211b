using System.Text.Json;

namespace KernelSim.EndToEnd.Tests.Replay;

public sealed class ReplayTests
{
    private static readonly string s_corpus = Repository.PathOf("tests", "corpus", "ioctl");

    /// <summary>Every recorded message with its expected outcome and the reason, derived from upstream's rules and not from this code.</summary>
    public static TheoryData<string, string, string, string> Expected =>
        new(File.ReadLines(Repository.PathOf("tests", "end-to-end", "Replay", "expected-outcomes.jsonl")).Select(ToolRun.Parse).Select(e => (
            e.GetProperty("file").GetString()!,
            e.GetProperty("operation").GetString()!,
            e.GetProperty("status").GetString()!,
            e.GetProperty("why").GetString()!)));

    [Theory]
    [MemberData(nameof(Expected))]
    public void A_recorded_message_ends_as_the_rules_of_the_protocol_say(string file, string operation, string status, string why)
    {
        ToolRun run = ToolRun.Of("replay", Path.Combine(s_corpus, file), "-j");

        Assert.Equal(0, run.ExitCode);
        JsonElement outcome = run.Json.Single();
        Assert.Equal(["file", "operation", "status", "result", "information"], outcome.EnumerateObject().Select(p => p.Name));
        Assert.Equal(operation, outcome.GetProperty("operation").GetString());
        Assert.True(status == outcome.GetProperty("status").GetString(), $"{outcome.GetProperty("status")} instead of {status}: {why}");
    }

    [Fact]
    public void The_expectations_cover_the_whole_corpus()
    {
        Assert.Equal(130, Expected.Count);
        Assert.Equal(Directory.EnumerateFiles(s_corpus).Select(Path.GetFileName).Order(StringComparer.Ordinal), Expected.Select(e => e.Data.Item1));
    }

    [Fact]
    public void A_folder_is_replayed_in_ordinal_order_with_a_summary_on_stderr()
    {
        ToolRun run = ToolRun.Of("replay", s_corpus, "-j");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(Expected.Select(e => Path.Combine(s_corpus, e.Data.Item1)), run.Json.Select(o => o.GetProperty("file").GetString()));
        Assert.Contains("\n130 of 130 messages answered\n", run.Error, StringComparison.Ordinal);
        foreach (IGrouping<(string, string), object> group in Expected.GroupBy(e => (e.Data.Item2, e.Data.Item3), e => (object)e))
        {
            Assert.Matches($@"\n{group.Key.Item1} +{group.Key.Item2} +{group.Count()}\n", run.Error);
        }
    }

    [Fact]
    public void In_text_each_message_and_the_summary_are_on_stdout()
    {
        ToolRun run = ToolRun.Of("replay", s_corpus);

        Assert.Equal(0, run.ExitCode);
        Assert.Empty(run.Error);
        Assert.All(Expected, e => Assert.Matches($@"(?m)^{e.Data.Item1[..17]}\.\.\. +{e.Data.Item2} +{e.Data.Item3} ", run.Output));
        Assert.EndsWith("130 of 130 messages answered\n", run.Output, StringComparison.Ordinal);
        Assert.All(run.Lines, line => Assert.InRange(line.Length, 0, 100));
    }

    [Fact]
    public void Messages_do_not_depend_on_each_other_unless_they_are_sent_together()
    {
        using TempFolder folder = new();
        folder.Add("1-close-handle-8", Message(0, 15, 8, 0));
        folder.Add("2-close-handle-8", Message(0, 15, 8, 0));

        Assert.Equal(["STATUS_SUCCESS", "STATUS_SUCCESS"], Statuses(ToolRun.Of("replay", folder.Path, "-j")));
        Assert.Equal(
            ["STATUS_SUCCESS", "STATUS_INVALID_DEVICE_REQUEST"], Statuses(ToolRun.Of("replay", folder.Path, "-j", "--together")));
    }

    [Fact]
    public void Sent_together_messages_survive_one_that_closes_the_handle_they_go_through()
    {
        using TempFolder folder = new();
        folder.Add("1", Message(0, 15, 1, 0));
        folder.Add("2", Message(0, 15, 8, 0));

        Assert.Equal(["STATUS_SUCCESS", "STATUS_SUCCESS"], Statuses(ToolRun.Of("replay", folder.Path, "-j", "--together")));
        Assert.Equal(130, ToolRun.Of("replay", s_corpus, "-j", "--together").Json.Count);
    }

    [Theory]
    [InlineData(8, "STATUS_NOT_FOUND")] // A hash without elements.
    [InlineData(9, "STATUS_SUCCESS")] // An array always has index 0.
    [InlineData(7, "STATUS_INVALID_DEVICE_REQUEST")] // The last program.
    [InlineData(21, "STATUS_INVALID_DEVICE_REQUEST")] // The first link.
    [InlineData(28, "STATUS_INVALID_DEVICE_REQUEST")] // One past the last link.
    public void Handles_are_those_of_the_recording_harness(long handle, string deleteStatus)
    {
        using TempFolder folder = new();
        folder.Add("delete", Message(0, 8, (uint)handle, 0, 0));

        Assert.Equal([deleteStatus], Statuses(ToolRun.Of("replay", folder.Path, "-j")));
    }

    [Theory]
    [InlineData(8, "STATUS_NOT_FOUND")] // The last program.
    [InlineData(9, "STATUS_SUCCESS")] // The hash, the first map.
    [InlineData(21, "STATUS_SUCCESS")] // The second per-CPU array, the last map.
    [InlineData(22, "STATUS_NOT_FOUND")] // The first link.
    public void Ids_are_those_of_the_recording_harness(uint id, string status)
    {
        using TempFolder folder = new();
        folder.Add("get_map_handle_by_id", Message(16, 20, id));

        Assert.Equal([status], Statuses(ToolRun.Of("replay", folder.Path, "-j")));
    }

    [Theory]
    [InlineData(new byte[] { 0, 0 }, null, "STATUS_INVALID_PARAMETER")]
    [InlineData(new byte[] { 0, 0, 9 }, null, "STATUS_INVALID_PARAMETER")]
    [InlineData(new byte[] { 255, 255, 1, 2, 3, 4, 5, 6, 7 }, null, "STATUS_INVALID_PARAMETER")]
    [InlineData(new byte[] { 0, 0, 8, 0, 0, 0, 46, 0, 0, 0 }, "46", "STATUS_NOT_SUPPORTED")]
    [InlineData(new byte[] { 0, 0, 8, 0, 0, 0, 255, 255, 255, 255 }, "4294967295", "STATUS_NOT_SUPPORTED")]
    public void A_message_without_a_good_header_is_sent_and_answered_all_the_same(byte[] bytes, string? operation, string status)
    {
        using TempFolder folder = new();
        folder.Add("damaged", bytes);

        ToolRun run = ToolRun.Of("replay", folder.Path, "-j");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(operation, run.Json.Single().GetProperty("operation").GetString());
        Assert.Equal([status], Statuses(run));
    }

    [Fact]
    public void A_file_that_holds_no_message_is_told_and_the_others_are_sent()
    {
        using TempFolder folder = new();
        folder.Add("1", Message(0, 15, 8, 0));
        folder.Add("2-short", [1]);
        folder.Add("3", Message(0, 15, 9, 0));

        ToolRun run = ToolRun.Of("replay", folder.Path);

        Assert.Equal(1, run.ExitCode);
        Assert.Equal($"kernelsim: '{Path.Combine(folder.Path, "2-short")}' given with 1 bytes, expected a recorded message of 2 to 16777216: "
            + "the length of its reply buffer, then the request\n", run.Error);
        Assert.EndsWith("2 of 3 messages answered\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_request_longer_than_a_header_can_say_is_refused_by_the_device()
    {
        using TempFolder folder = new();
        folder.Add("long", [0, 0, 0, 0, 0, 0, 6, 0, 0, 0, .. new byte[70_000]]);

        Assert.Equal(["STATUS_INVALID_PARAMETER"], Statuses(ToolRun.Of("replay", folder.Path, "-j")));
    }

    [Theory]
    [InlineData("/nowhere/messages", "there is no such file")]
    [InlineData(null, "the folder has no files")]
    public void A_path_without_messages_is_a_failure(string? path, string reason)
    {
        using TempFolder folder = new();

        ToolRun run = ToolRun.Of("replay", path ?? folder.Path);

        Assert.Equal(1, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.Equal($"kernelsim: '{path ?? folder.Path}' given, expected a recorded message or a folder of them: {reason}\n", run.Error);
    }

    [Fact]
    public void The_same_corpus_ends_the_same_way_on_every_machine()
    {
        ToolRun first = ToolRun.Of("replay", s_corpus, "-j");

        Assert.Equal(first, ToolRun.Of("replay", s_corpus, "-j"));
        Assert.Equal(first.Output, ToolRun.Of("replay", s_corpus, "-j", "--cpus", "1", "--heap", "packed", "--seed", "7").Output);
    }

    private static IEnumerable<string?> Statuses(ToolRun run) => run.Json.Select(o => o.GetProperty("status").GetString());

    private static byte[] Message(ushort replyLength, uint operation, params uint[] body)
    {
        using MemoryStream stream = new();
        using BinaryWriter writer = new(stream);
        writer.Write(replyLength);
        writer.Write((uint)0);
        writer.Write(operation);
        foreach (uint word in body)
        {
            writer.Write(word);
        }

        writer.Flush();
        return stream.ToArray();
    }
}
