using System.Globalization;
using System.Text.Json;
using KernelSim.HostBpf;
using KernelSim.LabScripts.Machines;
using KernelSim.LabScripts.Output;
using KernelSim.Tool.Bench;
using KernelSim.Tool.CommandLine;

namespace KernelSim.EndToEnd.Tests.Bench;

/// <summary><c>kernelsim bench</c>: every row is measured or says why not. How fast anything is, is no test's business.</summary>
public sealed class BenchTests(BenchRunFixture all) : IClassFixture<BenchRunFixture>
{
    private static readonly string[] s_contenders = ["kernelsim", "host", "dictionary", "concurrent_dictionary", "plain_copy"];

    public static TheoryData<string> Names => [.. BenchmarkTable.All.Select(b => b.Name)];

    public static TheoryData<int> Widths => [60, 80, 100, 140];

    [Fact]
    public void A_run_names_its_machine_and_its_host_and_succeeds()
    {
        Assert.Equal("", all.Error);
        Assert.Equal(0, all.ExitCode);
        JsonElement machine = all.Document.GetProperty("machine");
        Assert.Equal((4, "guarded", 1, "checked"), (
            machine.GetProperty("cpus").GetInt32(), machine.GetProperty("heap").GetString(), machine.GetProperty("seed").GetInt32(),
            machine.GetProperty("library").GetString()));
        JsonElement host = all.Document.GetProperty("host");
        Assert.Equal(Environment.ProcessorCount, host.GetProperty("cpus").GetInt32());
        Assert.All(["cpu", "system", "runtime"], m => Assert.NotEqual("", host.GetProperty(m).GetString()));
        Assert.Equal(HostBpfMap.WhyUnavailable() is null, host.GetProperty("bpf").GetBoolean());
        Assert.Equal(HostBpfMap.WhyUnavailable(), host.GetProperty("bpf_missing").GetString());
        Assert.True(all.Document.GetProperty("complete").GetBoolean());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_row_has_a_number_or_a_reason_for_each_contender(string name)
    {
        JsonElement[] rows = [.. all.Rows.Where(r => r.GetProperty("name").GetString() == name)];

        Assert.NotEmpty(rows);
        Assert.All(rows, row =>
        {
            Assert.True(row.GetProperty("size").GetInt32() > 0);
            Assert.NotEqual("", row.GetProperty("does").GetString());
            Assert.Matches("^(ns|bytes)/[a-z]+$", row.GetProperty("unit").GetString());
            Assert.All(s_contenders, c => AssertMeasured(row.GetProperty(c)));

            // A host with one CPU cannot measure two threads.
            Assert.True(
                row.GetProperty("kernelsim").TryGetProperty("least", out _)
                    || (Environment.ProcessorCount == 1 && name.StartsWith("threads-", StringComparison.Ordinal)),
                $"{name}: KernelSim was not measured");
        });
    }

    [Fact]
    public void Rows_of_batches_are_measured_at_each_size_and_those_of_threads_with_one_and_two()
    {
        Assert.Equal([200, 500], SizesOf("batch-lookup"));
        Assert.Equal([200, 500], SizesOf("bytes"));
        Assert.Equal([500], SizesOf("lookup"));
        if (Environment.ProcessorCount > 1)
        {
            Assert.All(all.Rows.Where(r => r.GetProperty("name").GetString()!.StartsWith("threads-", StringComparison.Ordinal)), row =>
            {
                JsonElement two = row.GetProperty("kernelsim").GetProperty("two_threads");
                AssertMeasured(two);
                Assert.True(two.GetProperty("times").GetDouble() > 0);
            });
        }
    }

    [Fact]
    public void A_filter_selects_the_rows_whose_names_contain_it()
    {
        ToolRun run = ToolRun.Of("bench", "--filter", "HELPER", "--filter", "ring-output", "--size", "100", "--seconds", "0", "-j");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(["helper-hash", "helper-array", "ring-output"], NamesIn(run));
    }

    [Fact]
    public void Where_bpf_is_not_permitted_the_host_has_the_reason_and_the_others_have_numbers()
    {
        BenchSettings settings = Quick("batch-lookup", "prog-test-run") with { HostMissing = "the host kernel refuses bpf(2) today" };

        ToolRun text = Run(settings, OutputFormat.Text);
        ToolRun json = Run(settings, OutputFormat.Json);

        Assert.Equal((0, ""), (text.ExitCode, text.Error));
        Assert.Matches(@"(?m)^batch-lookup +100 +[\d.]+ +[\d.]+ +\(a\) +[\d.]+ +[\d.]+ +[\d.]+  [━·cdp]+$", text.Output);
        Assert.Contains("\n(a)  the host kernel refuses bpf(2) today\n", text.Output, StringComparison.Ordinal);
        JsonElement document = ToolRun.Parse(json.Output);
        Assert.False(document.GetProperty("host").GetProperty("bpf").GetBoolean());
        Assert.All(document.GetProperty("rows").EnumerateArray(), row => Assert.Equal(
            "the host kernel refuses bpf(2) today", row.GetProperty("host").GetProperty("missing").GetString()));
    }

    [Fact]
    public void A_map_that_does_not_fit_the_memory_is_left_out_with_the_reason()
    {
        BenchSettings settings = new(
            new MachineSettings { Cpus = 1024 }, [BenchmarkTable.All.Single(b => b.Name == "batch-lookup")], [10_000_000], TimeSpan.Zero)
        {
            HostMissing = "not measured in this test",
        };

        ToolRun run = Run(settings, OutputFormat.Text);

        Assert.Equal(0, run.ExitCode);
        Assert.Matches(@"(?m)^batch-lookup +10M +\([a-z]\) ", run.Output);
        Assert.Contains("10000000 elements of 8192 bytes are more than the 2147483647 bytes of one call", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_is_stopped_tells_what_it_has_and_fails()
    {
        using CancellationTokenSource stop = new();
        stop.Cancel();

        ToolRun run = RunUntil(Quick("batch-lookup", "batch-update"), OutputFormat.Json, configure: null, stop.Token);

        Assert.Equal((1, "kernelsim: stopped: 0 rows measured, expected 2\n"), (run.ExitCode, run.Error));
        JsonElement document = ToolRun.Parse(run.Output);
        Assert.False(document.GetProperty("complete").GetBoolean());
        Assert.Empty(document.GetProperty("rows").EnumerateArray());
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Tables_fit_the_terminal_and_show_a_bar_for_each_row(int width)
    {
        ToolRun run = Run(
            Quick("batch-lookup", "lookup-cold", "bytes", "threads-same-map"),
            OutputFormat.Text,
            configure: c => c with { Width = width, OutIsTerminal = true });

        Assert.All(run.Lines, l => Assert.True(CellText.Width(l) <= width, $"{width} columns: {l}"));
        if (width >= 100)
        {
            Assert.All(
                ["batch-lookup", "lookup-cold", "bytes"], n => Assert.Matches($@"(?m)^{n} +\d+ .*  [━·hcdp]+$", run.Output));
        }
    }

    [Fact]
    public void In_a_pipe_a_row_is_one_line_and_in_ascii_no_character_is_lost()
    {
        ToolRun run = Run(Quick("batch-lookup"), OutputFormat.Text, configure: c => c with { Unicode = false });

        Assert.True(System.Text.Ascii.IsValid(run.Output));
        Assert.Matches(@"(?m)^batch-lookup +100 +.*  [=\-hcdp]+$", run.Output);
    }

    [Theory]
    [InlineData("--filter nothing", "--filter: 'nothing' given, expected part of batch-lookup, batch-update, ")]
    [InlineData("--size 1", "--size: '1' given, expected a number from 2 to 10M")]
    [InlineData("--size 11M", "--size: '11M' given, expected a number from 2 to 10M")]
    [InlineData("--size 1.5", "--size: '1.5' given, expected a number from 2 to 10M")]
    [InlineData("--size many", "--size: 'many' given, expected a number from 2 to 10M")]
    [InlineData("--seconds soon", "--seconds: 'soon' given, expected a number from 0 to 86400")]
    [InlineData("--seconds -1", "--seconds: '-1' given, expected a number from 0 to 86400")]
    [InlineData("--seconds 1e9", "--seconds: '1e9' given, expected a number from 0 to 86400")]
    [InlineData("--cpus 0", "--cpus: '0' given, expected a number from 1 to 1024")]
    [InlineData("--fliter batch", "'--fliter' given, expected an option that it takes; did you mean '--filter'?")]
    [InlineData("batch", "'batch' given, expected an option or argument that it takes")]
    public void Wrong_usage_names_what_was_given_and_what_is_expected(string arguments, string expected)
    {
        ToolRun run = ToolRun.Of(["bench", .. arguments.Split(' ')]);

        Assert.Equal(2, run.ExitCode);
        Assert.Equal("", run.Output);
        Assert.StartsWith($"kernelsim: bench: {expected}", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2", 2)]
    [InlineData("65536", 65_536)]
    [InlineData("100k", 100_000)]
    [InlineData("0.5M", 500_000)]
    [InlineData("1M", 1_000_000)]
    [InlineData("10m", 10_000_000)]
    public void Sizes_may_be_written_as_people_write_them(string text, int size)
    {
        Assert.True(Tool.Bench.Telling.SizeText.TryParse(text, out int read));
        Assert.Equal(size, read);
        Assert.True(Tool.Bench.Telling.SizeText.TryParse(Tool.Bench.Telling.SizeText.Of(size), out int again));
        Assert.Equal(size, again);
    }

    private static BenchSettings Quick(params string[] names) =>
        new(new MachineSettings(), [.. BenchmarkTable.All.Where(b => names.Contains(b.Name))], [100], TimeSpan.Zero);

    private static ToolRun Run(BenchSettings settings, OutputFormat format, Func<ToolConsole, ToolConsole>? configure = null) =>
        RunUntil(settings, format, configure, TestContext.Current.CancellationToken);

    private static ToolRun RunUntil(
        BenchSettings settings, OutputFormat format, Func<ToolConsole, ToolConsole>? configure, CancellationToken stop)
    {
        using StringWriter output = new() { NewLine = "\n" };
        using StringWriter error = new() { NewLine = "\n" };
        ToolConsole console = new(TextReader.Null, output, error);
        int exitCode = BenchCommand.Run(configure?.Invoke(console) ?? console, format, settings, stop);
        return new ToolRun(exitCode, output.ToString(), error.ToString());
    }

    private static IEnumerable<string?> NamesIn(ToolRun run) =>
        ToolRun.Parse(run.Output).GetProperty("rows").EnumerateArray().Select(r => r.GetProperty("name").GetString());

    private static void AssertMeasured(JsonElement contender)
    {
        if (contender.TryGetProperty("missing", out JsonElement reason))
        {
            Assert.NotEqual("", reason.GetString());
            Assert.Equal(JsonValueKind.String, reason.ValueKind);
            return;
        }

        double least = contender.GetProperty("least").GetDouble();
        Assert.True(least > 0, string.Create(CultureInfo.InvariantCulture, $"{least} measured"));
        Assert.True(contender.GetProperty("median").GetDouble() >= least);
        Assert.True(contender.GetProperty("rounds").GetInt32() > 0);
    }

    private int[] SizesOf(string name) =>
        [.. all.Rows.Where(r => r.GetProperty("name").GetString() == name).Select(r => r.GetProperty("size").GetInt32())];
}
