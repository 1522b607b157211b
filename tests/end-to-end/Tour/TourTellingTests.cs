using System.Text.Json;
using KernelSim.TraceAnalysis;

namespace KernelSim.EndToEnd.Tests.Tour;

/// <summary>What people see and keep: the text when piped, the page, the trace file, and what happens when something is in the way.</summary>
public sealed class TourTellingTests
{
    public static TheoryData<string> Machines =>
    [
        "", "--heap packed", "--cpus 1", "--cpus 1 --heap packed", "--cpus 2", "--cpus 8", "--cpus 9", "--cpus 64", "--cpus 64 --heap packed",
        "--library upstream", "--seed 7", "--program c", "--program c --cpus 1 --heap packed",
    ];

    [Theory]
    [MemberData(nameof(Machines))]
    public async Task Piped_text_is_plain_and_at_most_100_columns_wide(string arguments)
    {
        TourRun run = await TourRun.Of(arguments);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.DoesNotContain('\x1b', run.Out);
        Assert.All(run.Out.Split('\n'), line => Assert.True(line.Length <= 100, line));
        Assert.All(run.Out.Split('\n'), line => Assert.Equal(line.TrimEnd(), line));
        Assert.All(
            run.Out.Split('\n'), line => Assert.False(line.StartsWith('|'), $"The end of a picture has come to stand on the next line: {line}"));
    }

    [Fact]
    public async Task Text_and_document_tell_the_same_numbers()
    {
        string text = (await TourRun.Of("")).Out;
        TourRun document = await TourRun.Of("-j");
        JsonElement fault = document.Call("upstream-guarded", update: false).GetProperty("fault");
        JsonElement refusal = document.Call("checked", update: false).GetProperty("refusal");

        Assert.Contains(fault.GetProperty("address").GetString()!, text, StringComparison.Ordinal);
        Assert.Contains(fault.GetProperty("start").GetString()!, text, StringComparison.Ordinal);
        Assert.Contains(fault.GetProperty("site").GetString()!, text, StringComparison.Ordinal);
        Assert.Contains(refusal.GetProperty("code").GetString()!, text, StringComparison.Ordinal);
        Assert.Contains(
            refusal.GetProperty("fix").GetString()!.Split('.')[0][..40],
            string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)),
            StringComparison.Ordinal);
        Assert.All(
            document.Call("right", update: false).GetProperty("records").EnumerateArray(),
            r => Assert.Contains(r.GetProperty("sum").GetProperty("bytes").GetRawText(), text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_console_without_utf8_gets_ascii()
    {
        TourRun run = await TourRun.Start("--library before-3564", ("LC_ALL", "en_US.ISO-8859-1"));

        Assert.Equal(0, run.ExitCode);
        Assert.DoesNotContain(run.Out, c => c > 0x7e);
    }

    [Fact]
    public async Task The_kept_trace_is_the_one_that_the_story_was_told_from()
    {
        await WithFile(".nettrace", async path =>
        {
            TourRun run = await TourRun.Start($"-j --trace \"{path}\"");
            JsonElement call = run.Call("right", update: false);

            TraceLog log = TraceReader.Read(path);

            Assert.Equal(path, run.Json().GetProperty("trace").GetProperty("file").GetString());
            Assert.Equal(run.Json().GetProperty("trace").GetProperty("events").GetInt32(), log.Events.Count);
            Assert.Equal(
                call.GetProperty("ledger").EnumerateArray().Select(r => r.GetProperty("event").GetInt32()),
                log.Request(call.GetProperty("request_id").GetUInt64())!.Ledger.Select(r => r.Event.Position));
        });
    }

    [Fact]
    public async Task The_page_needs_nothing_but_itself()
    {
        await WithFile(".html", async path =>
        {
            TourRun run = await TourRun.Start($"--html \"{path}\"");
            string page = await File.ReadAllTextAsync(path);

            Assert.Equal(0, run.ExitCode);
            Assert.StartsWith("<!doctype html>", page, StringComparison.Ordinal);
            Assert.DoesNotContain("http:", page, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("https:", page, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(" src=", page, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("default-src 'none'", page, StringComparison.Ordinal);
            Assert.Contains("prefers-color-scheme: dark", page, StringComparison.Ordinal);
            string story = page[page.IndexOf("<main id=\"story\"", StringComparison.Ordinal)..page.IndexOf("</main>", StringComparison.Ordinal)];
            Assert.All(
                (string[])["section", "figure", "table", "div", "p"],
                tag => Assert.Equal(Count(story, $"<{tag}>") + Count(story, $"<{tag} "), Count(story, $"</{tag}>")));
        });
    }

    [Fact]
    public async Task Without_a_diagnostics_port_the_story_is_told_all_the_same()
    {
        TourRun run = await TourRun.Start("-j", ("DOTNET_EnableDiagnostics", "0"));

        Assert.Contains("DOTNET_EnableDiagnostics=0", run.Error, StringComparison.Ordinal);
        Assert.Contains("in memory", run.Json().GetProperty("trace").GetProperty("note").GetString()!, StringComparison.Ordinal);
        Assert.Equal(
            (await TourRun.Of("-j")).Json().GetProperty("chapters").GetRawText(),
            run.Json().GetProperty("chapters").GetRawText());
    }

    [Fact]
    public async Task A_trace_that_was_asked_for_and_cannot_be_recorded_is_a_failure_after_the_story()
    {
        await WithFile(".nettrace", async path =>
        {
            TourRun run = await TourRun.Start($"--trace \"{path}\"", ("DOTNET_EnableDiagnostics", "0"));

            Assert.Equal(1, run.ExitCode);
            Assert.Contains("without a .nettrace file", run.Error, StringComparison.Ordinal);
            Assert.Contains("4 · right", run.Out, StringComparison.Ordinal);
            Assert.False(File.Exists(path));
        });
    }

    [Fact]
    public async Task The_help_says_that_all_libraries_are_shown_by_default()
    {
        string help = string.Join(' ', (await TourRun.Of("--help")).Out.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

        Assert.Contains("Default: the chapters of all three.", help, StringComparison.Ordinal);
        Assert.DoesNotContain("[default: checked]", help, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_trace_that_cannot_be_written_fails_with_the_reason()
    {
        TourRun run = await TourRun.Start("--trace /no/such/folder/t.nettrace");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("/no/such/folder/t.nettrace", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--library newest", "'newest' given, expected checked or upstream or before-3564")]
    [InlineData("--cpus 0", "'0' given")]
    public async Task Wrong_usage_is_told_and_ends_in_2(string arguments, string complaint)
    {
        TourRun run = await TourRun.Of(arguments);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(complaint, run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Out);
    }

    private static async Task WithFile(string extension, Func<string, Task> use)
    {
        using TempFolder folder = new();
        await use(Path.Combine(folder.Path, $"tour{extension}"));
    }

    private static int Count(string text, string part) =>
        (text.Length - text.Replace(part, string.Empty, StringComparison.Ordinal).Length) / part.Length;
}
