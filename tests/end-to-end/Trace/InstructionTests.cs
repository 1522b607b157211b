using System.Text;
using System.Text.Json;

namespace KernelSim.EndToEnd.Tests.Trace;

/// <summary>A recording of single instructions: a program that the interpreter runs, and a compiled one that stops the machine.</summary>
public sealed class InstructionTests : IClassFixture<InstructionTests.InstructionTrace>
{
    private readonly InstructionTrace _trace;

    public InstructionTests(InstructionTrace trace) => _trace = trace;

    [Fact]
    public void The_interpreters_instructions_are_recorded_with_their_lines()
    {
        JsonElement[] steps = [.. Events().Where(e => Text(e, "event") == "Instruction").Select(e => e.GetProperty("payload"))];

        Assert.All(steps, s => Assert.Equal("count_packets", Text(s, "program")));
        Assert.Contains(
            steps, s => Text(s, "text") == "r1 = map[stats] ll" && Text(s, "line").StartsWith("./counter.c:40 ", StringComparison.Ordinal));
        JsonElement last = steps[^1];
        Assert.Equal(("exit", 0, 1), (Text(last, "text"), last.GetProperty("register").GetInt32(), last.GetProperty("value").GetInt32()));
    }

    [Fact]
    public void The_recorder_names_the_compiled_program_that_shows_no_instructions() =>
        Assert.Contains(
            "no instructions were recorded of drop_by_marker. Compiled code shows no instructions: load the program with \"execution\"",
            _trace.Notes,
            StringComparison.Ordinal);

    [Fact]
    public void Why_names_the_program_that_stopped_the_machine_and_its_line()
    {
        ToolRun why = ToolRun.Of("trace", "why", _trace.Path);
        JsonElement json = ToolRun.Parse(ToolRun.Of("trace", "why", _trace.Path, "-j").Output);

        Assert.Contains("'drop_by_marker' stopped the machine on CPU 1", why.Output, StringComparison.Ordinal);
        Assert.Contains(
            "Source    ./missing_bounds_check.c:10 \"return packet[200] == 0xff ? XDP_DROP : XDP_PASS;\"", why.Output, StringComparison.Ordinal);
        Assert.Equal(("program_fault", "invalid_read"), (Text(json, "kind"), Text(json, "fault")));
        Assert.Equal(1, json.GetProperty("program").GetProperty("instruction").GetInt32());
    }

    [Fact]
    public void The_report_counts_the_instructions_and_lists_the_fault()
    {
        JsonElement report = ToolRun.Parse(ToolRun.Of("trace", "report", _trace.Path, "-j").Output);

        JsonElement counter = report.GetProperty("programs").EnumerateArray().Single(p => Text(p, "name") == "count_packets");
        Assert.Equal(Events().Count(e => Text(e, "event") == "Instruction"), counter.GetProperty("instructions").GetInt32());
        Assert.Equal("drop_by_marker", Text(Assert.Single(report.GetProperty("program_faults").EnumerateArray()), "name"));
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private IReadOnlyList<JsonElement> Events() => ToolRun.Of("trace", "events", _trace.Path, "-j").Json;

    public sealed class InstructionTrace : IDisposable
    {
        private readonly TempFolder _folder = new();

        public InstructionTrace()
        {
            string objects = Repository.PathOf("samples", "c").Replace('\\', '/');
            string script = _folder.Add("c.jsonl", Encoding.UTF8.GetBytes(
                $$"""
                {"op":"object_load","as":"c","file":"{{objects}}/counter.o","execution":"interpreter"}
                {"op":"prog_attach","as":"l","fd":"c.count_packets","ifindex":1}
                {"op":"network_event","cpu":0,"event":"packet","protocol":"udp","local_port":53,"ifindex":1,"payload":100}
                {"op":"close","fd":"l"}
                {"op":"object_load","as":"m","file":"{{objects}}/missing_bounds_check.o"}
                {"op":"prog_attach","as":"k","fd":"m.drop_by_marker","ifindex":1}
                {"op":"network_event","cpu":1,"event":"packet","protocol":"udp","local_port":53,"ifindex":1,"payload":100}

                """));
            Path = System.IO.Path.Combine(_folder.Path, "c.nettrace");
            ToolRun run = ToolRun.Of(
                "trace", "collect", "--profile", "instructions", "-o", Path, "--", "kernelsim", "script", "--cpus", "2", script);
            Assert.True(run.ExitCode == 0, run.Error);
            Notes = run.Error;
        }

        public string Path { get; }

        public string Notes { get; }

        public void Dispose() => _folder.Dispose();
    }
}
