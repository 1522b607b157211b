using KernelSim.Tool.Lab.Grading.Hosting;
using KernelSim.Tool.Lab.Grading.Scripts;
using KernelSim.Tool.Lab.Labs.Boundary;
using KernelSim.Tool.Lab.Labs.Epochs;
using KernelSim.Tool.Lab.Labs.Postmortem;
using KernelSim.Tool.Lab.Labs.WrongSize;

namespace KernelSim.EndToEnd.Tests.Lab;

/// <summary>Every seed gives programs with the one bug that their questions are about.</summary>
public sealed class GeneratedProgramTests
{
    private const int Seeds = 30;

    [Fact]
    public void Programs_that_crash_do_so_in_their_last_call_and_only_there() => Each(
        seed => [CrashTask.Program(seed), new CrashCase().Draw(seed).Script],
        facts =>
        {
            Assert.NotNull(facts.Calls[^1].Fault);
            Assert.All(facts.Calls.SkipLast(1), c => Assert.Null(c.Fault));
            Assert.InRange(facts.Calls[^1].Fault!.Element, 0, 100);
        });

    [Fact]
    public void Programs_with_a_refusal_have_exactly_one() => Each(
        seed => [new TraceQuestion(seed).Input, new RefusalCase().Draw(seed).Script],
        facts => Assert.NotNull(Assert.Single(facts.Calls, c => c.Refusal is not null).Refusal!.Check));

    [Fact]
    public void Programs_that_lose_elements_have_no_call_that_fails_and_read_fewer_than_they_wrote()
    {
        HashSet<string> causes = [];
        Each(
            seed =>
            {
                BrokenProgram broken = new LossCase().Draw(seed);
                causes.Add(broken.Cause);
                return [broken.Script];
            },
            facts =>
            {
                Assert.All(facts.Calls.Where(c => c.Ret != 0 && c.Op != "map_create"), c => Assert.Equal("ENOENT", c.Errno));
                long written = facts.Calls.Where(c => c.Op == "map_update_batch").Sum(c => c.Number("count") ?? 0);
                int read = facts.Calls.Where(c => c.Op == "map_lookup_batch")
                    .SelectMany(c => (c.Text("keys") ?? "").Chunk(8).Select(k => new string(k))).Distinct().Count();
                Assert.InRange(read, 1, written - 1);
            });
        Assert.Equal(4, causes.Count);
    }

    [Fact]
    public void Programs_with_a_held_reader_free_nothing_that_it_may_see_before_it_has_left()
    {
        using HostPool hosts = new(HostLimits.Default);
        HashSet<HeldFacts> all = [];
        for (ulong seed = 1; seed <= Seeds; seed++)
        {
            Assert.True(hosts.Run(new HeldReaderJob(), new HeldInput(seed, File: null), out HeldFacts? facts, out string problem), problem);
            Assert.InRange(facts!.InVain, 2, 40);
            Assert.InRange(facts.Retired, 2, 100);
            Assert.InRange(facts.ReaderEpoch, 2, facts.FreedEpoch);
            all.Add(facts);
        }

        Assert.InRange(all.Count, Seeds / 2, Seeds);
    }

    [Fact]
    public void A_recorded_trace_has_the_requests_of_the_program_only()
    {
        using TempFolder folder = new();
        using HostPool hosts = new(HostLimits.Default);
        string file = Path.Combine(folder.Path, "x.nettrace");
        ScriptInput script = new RefusalCase().Draw(1).Script;
        Assert.True(hosts.Run(new RecordJob(), new RecordInput(script, file), out ScriptFacts? facts, out string problem), problem);

        ToolRun events = ToolRun.Of("trace", "events", file, "-j");
        Assert.Equal(
            facts!.Calls.Max(c => c.Request),
            (ulong)events.Json.Max(e => e.GetProperty("payload").GetProperty("requestId").GetInt64()));
    }

    private static void Each(Func<ulong, IEnumerable<ScriptInput>> programs, Action<ScriptFacts> check)
    {
        using HostPool hosts = new(HostLimits.Default);
        for (ulong seed = 1; seed <= Seeds; seed++)
        {
            foreach (ScriptInput program in programs(seed))
            {
                Assert.True(hosts.Run(new ScriptJob(), program, out ScriptFacts? facts, out string problem), problem);
                Assert.True(facts!.Problem is null, facts.Problem);
                check(facts);
            }
        }
    }
}
