namespace KernelSim.EndToEnd.Tests.Trace;

/// <summary>Names that programs chose with characters that are none of a line.</summary>
public sealed class HiddenCharacterTests
{
    private const string Escaped = @"two\nli\u001b[31mnes\u2028\u202e";

    [Fact]
    public void An_event_is_a_line_whatever_its_names()
    {
        using TempFolder folder = new();
        string trace = Record(folder);
        int events = ToolRun.Of("trace", "events", trace, "-j").Lines.Count;

        ToolRun listed = ToolRun.Of("trace", "events", trace);
        ToolRun table = ToolRun.Of("trace", "convert", "--format", "csv", trace);

        Assert.Equal(events, listed.Lines.Count);
        Assert.Contains(listed.Lines, l => l.Contains($"name=\"{Escaped}\"", StringComparison.Ordinal));
        Assert.Equal(events + 1, table.Lines.Count);
        AssertVisible(listed.Output);
        AssertVisible(table.Output);
    }

    [Theory]
    [InlineData("report")]
    [InlineData("why")]
    public void Tables_keep_their_lines_whatever_the_names(string verb)
    {
        using TempFolder folder = new();

        ToolRun run = ToolRun.Of("trace", verb, Record(folder));

        Assert.True(run.ExitCode == 0, run.Error);
        AssertVisible(run.Output);
        Assert.Equal(verb == "report", run.Output.Contains(Escaped, StringComparison.Ordinal));
    }

    private static void AssertVisible(string text) =>
        Assert.DoesNotContain(text, c => c != '\n' && (char.IsControl(c) || c is '\u2028' or '\u2029' or (>= '\u202a' and <= '\u202e')));

    private static string Record(TempFolder folder)
    {
        string script = folder.Add("lab.jsonl", """
            {"op":"map_create","as":"n","type":"hash","name":"two\nli\u001b[31mnes\u2028\u202e","key_size":4,"value_size":4,"max_entries":8}
            {"op":"map_update_elem","fd":"n","key":"01000000","value":"01000000"}
            {"op":"map_lookup_elem","fd":"n","key":"02000000"}

            """u8.ToArray());
        string trace = Path.Combine(folder.Path, "lab.nettrace");
        ToolRun run = ToolRun.Of("trace", "collect", "--profile", "verbose", "-o", trace, "--", "kernelsim", "script", script);
        Assert.True(run.ExitCode == 0, run.Error);
        return trace;
    }
}
