using System.Text.Json;

namespace KernelSim.EndToEnd.Tests.Bpf;

/// <summary>What <c>bpf verify</c> says of the objects of <c>samples/c</c>.</summary>
public sealed class VerifyTests
{
    private const string Scope =
        "kernelsim: Only the structure is checked: encodings, jumps, calls and helpers. What a program does with memory is checked while it runs.\n";

    private static readonly string s_samples = Repository.PathOf("samples", "c");

    public static TheoryData<string> Refused =>
        [.. Directory.EnumerateFiles(Path.Combine(s_samples, "refused"), "*.o").Select(f => Path.GetFileNameWithoutExtension(f)).Order()];

    [Fact]
    public void A_program_that_passes_has_a_line_and_the_scope_is_told_once()
    {
        ToolRun run = ToolRun.Of("bpf", "verify", PathOf("connect_firewall"));

        Assert.Equal(new ToolRun(0, "PASS: cgroup/connect4/firewall4\nPASS: cgroup/connect6/firewall6\n", Scope), run);
    }

    [Fact]
    public void A_program_that_fails_names_reason_instruction_and_source_line()
    {
        ToolRun run = ToolRun.Of("bpf", "verify", PathOf("refused/helper_of_another_type"));

        Assert.Equal((1, Scope), (run.ExitCode, run.Error));
        Assert.Equal(3, run.Lines.Count);
        Assert.Equal("FAIL: xdp/calls_helper_of_another_type", run.Lines[0]);
        Assert.Matches(@"^  1\. instruction \d+ \(call 65538\): .* \[bytecode\.helper\]$", run.Lines[1]);
        Assert.Matches(@"^     helper_of_another_type\.c:\d+  return bpf_sock_addr", run.Lines[2]);
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void Each_refused_sample_fails_with_its_rule(string name)
    {
        string readme = File.ReadAllText(Path.Combine(s_samples, "README.md"));
        string rule = readme.Split($"(refused/{name}.c) | `", 2)[1].Split('`', 2)[0];

        ToolRun run = ToolRun.Of("bpf", "verify", PathOf($"refused/{name}"));

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(rule, run.Output + run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_given_type_replaces_the_one_that_the_section_names()
    {
        JsonElement asXdp = Verdict(ToolRun.Of("bpf", "verify", PathOf("open_connections"), "--type", "xdp", "-j"));
        JsonElement bySection = Verdict(ToolRun.Of("bpf", "verify", PathOf("open_connections"), "-j"));

        Assert.Equal(("xdp", "sockops"), (asXdp.GetProperty("type").GetString(), bySection.GetProperty("type").GetString()));
        Assert.True(bySection.GetProperty("passed").GetBoolean());
    }

    [Fact]
    public void An_unknown_type_is_refused_with_the_types_that_there_are()
    {
        ToolRun run = ToolRun.Of("bpf", "verify", PathOf("counter"), "--type", "kprobe");

        Assert.Equal(2, run.ExitCode);
        Assert.Equal("kernelsim: --type: 'kprobe' given, expected a program type: xdp, bind, sock_addr, sockops, sample\n", run.Error);
    }

    [Fact]
    public void Json_has_the_numbers_of_a_reason_and_where_it_is_in_the_source()
    {
        ToolRun run = ToolRun.Of("bpf", "verify", PathOf("refused/unknown_helper"), "-j");
        JsonElement reason = Verdict(run).GetProperty("reasons").EnumerateArray().Single();

        Assert.Equal((1, ""), (run.ExitCode, run.Error));
        Assert.Equal("bytecode.helper", reason.GetProperty("check").GetString());
        Assert.Equal((0, 999), (reason.GetProperty("instruction").GetInt32(), reason.GetProperty("given").GetInt32()));
        Assert.EndsWith("unknown_helper.c", reason.GetProperty("source_file").GetString(), StringComparison.Ordinal);
        Assert.True(reason.GetProperty("line").GetInt32() > 0);
    }

    [Fact]
    public void Verbose_says_in_which_frames_each_instruction_runs()
    {
        JsonElement program = Verdict(ToolRun.Of("bpf", "verify", PathOf("functions"), "--program", "remember_sender", "-v", "-j"));
        string?[] known = [.. program.GetProperty("invariants").EnumerateArray().Select(i => i.GetProperty("known")[0].GetString())];

        Assert.Equal("frame 1", known[0]);
        Assert.Equal(["frame 1", "frame 2", "frame 3"], known.Distinct().Order());
    }

    [Fact]
    public void Verbose_shows_what_no_path_leads_to()
    {
        ToolRun run = ToolRun.Of("bpf", "verify", PathOf("refused/unreachable_code"), "-v");

        Assert.Contains(run.Lines, line => line.Contains("[not reached]", StringComparison.Ordinal));
        Assert.Contains(run.Lines, line => line.Contains("[frame 1]", StringComparison.Ordinal));
    }

    private static JsonElement Verdict(ToolRun run) => run.Json.Single().GetProperty("programs").EnumerateArray().Single();

    private static string PathOf(string name) => Path.Combine(s_samples, $"{name}.o");
}
