using KernelSim.LabScripts.Machines;
using KernelSim.LabScripts.Output;
using KernelSim.LabScripts.Runs;
using KernelSim.Nt;
using KernelSim.Protocol.Gate;
using KernelSim.UserMode;

namespace KernelSim.EndToEnd.Tests.Script;

/// <summary>A script run step by step, without the command line.</summary>
public sealed class LabRunTests
{
    private const string Script = $$"""
        # The counters of every CPU.
        {{LabScript.CreateStats}}

        {"op":"map_update_elem","id":"a","fd":"m","key":"01000000","value":"0100000000000000"}
        {"op":"map_lookup_elem","fd":"m","key":"01000000"}
        """;

    [Fact]
    public void Each_step_has_its_line_and_the_result_that_the_command_prints()
    {
        List<ScriptStep> steps = [];
        using LabRun run = LabRun.Start(new MachineSettings());
        Assert.Null(run.Execute(Script, steps.Add));
        Assert.Null(run.End());
        Assert.Equal([2, 4, 5], steps.Select(s => s.Call.Line));
        Assert.Equal(ToolRun.WithInput(Script, "script", "-").Lines, steps.Select(s => s.Json));
    }

    [Fact]
    public void The_machine_can_be_looked_at_between_two_steps()
    {
        List<int> tags = [];
        using LabRun run = LabRun.Start(new MachineSettings { Cpus = 2 });
        int before = run.Lab.Machine.Pool.TagsInUse.Count;
        Assert.Null(run.Execute(LabScript.CreateStats, _ => tags.Add(run.Lab.Machine.Pool.TagsInUse.Count)));
        Assert.True(Assert.Single(tags) > before, "The map has no memory.");
        Assert.Equal(2, run.Session.Gate.MaximumProcessorCount);
    }

    [Fact]
    public void An_invalid_line_ends_the_run_where_it_is()
    {
        List<ScriptStep> steps = [];
        using LabRun run = LabRun.Start(new MachineSettings());
        Failure? failure = run.Execute(Script + "\n{\"op\":\"close\"}\n" + LabScript.CreateHash, steps.Add);
        Assert.Equal("script: line 6: close: field 'fd' missing, expected a number, or a name that a line has given: m", failure?.Message);
        Assert.Equal((6, 3), (run.Line, steps.Count));
    }

    [Fact]
    public void A_note_comes_with_the_step_that_it_is_about()
    {
        List<ScriptStep> steps = [];
        using LabRun run = LabRun.Start(new MachineSettings { Heap = HeapMode.Packed, Library = LibraryVersion.Upstream });
        Assert.Null(run.Execute(Script, steps.Add));
        Assert.Empty(steps[0].Notes);
        Assert.Contains("read 24 bytes past the end of value", Assert.Single(steps[1].Notes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("counter.o", """{"ret":-2,"errno":"ENOENT","check":"api.object.host""")]
    [InlineData("nothing.sys", """{"ret":-22,"errno":"EINVAL","check":"api.object.file""")]
    [InlineData("Module.dll", """{"ret":-22,"errno":"EINVAL","check":"api.object.file""")]
    public void A_file_of_the_host_is_none_here(string file, string result)
    {
        List<ScriptStep> steps = [];
        using LabRun run = LabRun.Start(new MachineSettings());
        Assert.Null(run.Execute($$"""{"op":"object_load","file":"{{file}}"}""", steps.Add));
        Assert.StartsWith(result, steps[0].Json, StringComparison.Ordinal);
        Assert.Contains("there are no files of a host here", Assert.Single(steps[0].Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void A_machine_that_stops_ends_the_run_with_its_bugcheck()
    {
        using LabRun run = LabRun.Start(new MachineSettings());
        Assert.Null(run.Next(LabScript.CreateStats, out _));
        Assert.Throws<BugcheckException>(() => run.Lab.Machine.BugCheck(BugcheckCode.BadPoolCaller, 1, 2, 3, 4));
        Assert.StartsWith("the machine stopped: ", run.Next(LabScript.CreateStats, out ScriptStep? step)?.Message, StringComparison.Ordinal);
        Assert.Null(step);
    }
}
