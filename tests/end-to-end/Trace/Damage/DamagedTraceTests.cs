using System.Diagnostics;
using System.Globalization;

namespace KernelSim.EndToEnd.Tests.Trace.Damage;

/// <summary>
/// Every verb that reads a trace ends, whatever bytes the trace has: with a result or one line on stderr, and with memory in proportion to the
/// file. On a slow machine the search ends after a minute. <c>KERNELSIM_FUZZ_SECONDS</c> extends it, to less than the 240 s that the test
/// watchdog allows; <c>KERNELSIM_FUZZ_SEED</c> is the first seed.
/// </summary>
public sealed class DamagedTraceTests(TourTrace tour)
{
    private const int FewMutations = 60;
    private const int ManyMutations = 300;
    private const long MostBytesAFileByte = 4000;

    private static readonly TimeSpan s_usualLimit = TimeSpan.FromMinutes(1);
    private static readonly string[][] s_verbs = [["report"], ["why"], ["events"], ["convert"], ["view"], ["convert", "--format", "csv"]];

    [Fact]
    public void A_damaged_trace_ends_in_an_answer_or_one_line() => Try(FewMutations);

    [Fact]
    public void Hundreds_of_damaged_traces_end_in_an_answer_or_one_line()
    {
        LongRuns.Require();
        Try(ManyMutations);
    }

    [Fact]
    public void A_trace_is_reported_up_to_the_damage_in_its_middle_and_the_verb_fails()
    {
        using TempFolder folder = new();
        byte[] bytes = File.ReadAllBytes(tour.Path);
        int block = bytes.AsSpan().LastIndexOf("EventBlock"u8);
        bytes.AsSpan(block + "EventBlock".Length + 1, sizeof(int)).Fill(0xFF);
        string path = folder.Add("damaged.nettrace", bytes);

        ToolRun run = ToolRun.Of("trace", "report", path);

        Assert.Equal(1, run.ExitCode);
        Assert.Matches(@"^\d+ events, \d+ lost, \d+ gaps, damaged at byte \d+: size of EventBlock: -1 given, expected 0 to \d+\n", run.Output);
        Assert.Matches(@"^kernelsim: '.*' given, expected a trace .*: damaged at byte \d+: size of EventBlock: -1 given, .*\n$", run.Error);
        Assert.Equal(
            $"byte {block + "EventBlock".Length + 1}: size of EventBlock: -1 given, expected 0 to 67108864",
            ToolRun.Parse(ToolRun.Of("trace", "report", path, "-j").Output).GetProperty("damage").GetString());
    }

    private static void Try(int mutations)
    {
        using TempFolder folder = new();
        Mutator mutator = new(Small(folder));
        int first = Number("KERNELSIM_FUZZ_SEED", 1);
        TimeSpan more = TimeSpan.FromSeconds(Number("KERNELSIM_FUZZ_SECONDS", 0));
        Stopwatch since = Stopwatch.StartNew();
        int[] codes = new int[2];
        int seed = first;
        for (; (seed < first + mutations && since.Elapsed < s_usualLimit) || since.Elapsed < more; seed++)
        {
            (byte[] bytes, string what) = mutator.Damage(seed);
            string path = folder.Add("damaged.nettrace", bytes);
            foreach (string[] verb in s_verbs)
            {
                codes[Check(folder, path, verb, $"seed {seed}, {what}, {string.Join(' ', verb)}", bytes.Length)]++;
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{seed - first} mutations: {codes[0]} answers, {codes[1]} refusals in {since.Elapsed}");
        Assert.All(codes, c => Assert.NotEqual(0, c));
    }

    /// <summary>A recording of a few calls, some of which fail.</summary>
    private static byte[] Small(TempFolder folder)
    {
        string script = folder.Add("lab.jsonl", """
            {"op":"map_create","as":"m","type":"percpu_hash","name":"m","key_size":4,"value_size":12,"max_entries":4}
            {"op":"map_update_batch","fd":"m","keys":"0100000002000000","values":"00","count":2}
            {"op":"map_lookup_elem","fd":"m","key":"07000000"}

            """u8.ToArray());
        string trace = Path.Combine(folder.Path, "small.nettrace");
        ToolRun recorded = ToolRun.Of("trace", "collect", "--profile", "verbose", "-o", trace, "--", "kernelsim", "script", script);
        Assert.True(recorded.ExitCode == 0, recorded.Error);
        return File.ReadAllBytes(trace);
    }

    private static int Check(TempFolder folder, string path, string[] verb, string what, long length)
    {
        ToolRun run = null!;
        long allocated = 0;
        Exception? thrown = null;
        HostThread.Run(() =>
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            thrown = Record.Exception(() => run = ToolRun.Of(
                ["trace", .. verb, path, .. verb is ["view"] ? ["-o", Path.Combine(folder.Path, "page.html")] : Array.Empty<string>()]));
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }).Join($"the verb to end: {what}");

        Assert.True(thrown is null, $"{what}: {thrown}");
        Assert.True(allocated < (length + 20_000) * MostBytesAFileByte, $"{what}: allocated {allocated} bytes for a file of {length}");
        Assert.True(run.ExitCode is 0 or 1, $"{what}: exit {run.ExitCode}");
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
        Assert.True(run.ExitCode == 0 || run.Error.Count(c => c == '\n') == 1, $"{what}: {run.Error}");
        Assert.True(verb is not ["report"] || !Negative(run.Output), $"{what}: {run.Output}");
        return run.ExitCode;
    }

    /// <summary>Whether a report has a negative number among its calls and times.</summary>
    private static bool Negative(string report) => report.Split('\n').Skip(1)
        .TakeWhile(line => line is not ("Refusals" or "Maps" or "Processors"))
        .SelectMany(line => line.Split(' '))
        .Any(w => w.Length > 1 && w[0] == '-' && char.IsAsciiDigit(w[1]));

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : otherwise;
}
