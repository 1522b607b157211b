using KernelSim.LabScripts.Machines;
using KernelSim.Protocol.Gate;
using KernelSim.Tool.Museum.Acting;
using KernelSim.Tool.Museum.Exhibits;
using KernelSim.Tool.Museum.Facts;
using KernelSim.TraceAnalysis;
using KernelSim.TraceAnalysis.Events;
using KernelSim.Tracing;

namespace KernelSim.EndToEnd.Tests.Museum;

/// <summary>Each exhibit goes wrong as it was and right as it is, and its trace shows the difference.</summary>
public sealed class ExhibitTests
{
    public static TheoryData<string> Ids => [.. ExhibitTable.All.Select(e => e.Label.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void An_exhibit_is_wrong_before_and_right_after(string id)
    {
        foreach (MachineSettings machine in (MachineSettings[])
            [new(), new() { Cpus = 1 }, new() { Cpus = 2, Heap = HeapMode.Packed }, new() { Cpus = 64, Seed = 7 }])
        {
            ExhibitFacts facts = Play(id, machine);

            // With one CPU a packed heap's own rounding can hide what is too short by the padding.
            Assert.Equal(["before", "after"], facts.Acts.Select(a => a.Version));
            Assert.True(machine.Cpus == 1 || facts.Acts[0].Outcome != ActOutcome.Right, $"{id} is right before, with {machine.Cpus} CPUs");
            Assert.True(
                facts.Acts[1].Outcome == ActOutcome.Right,
                $"{id} is {facts.Acts[1].Outcome} after, with {machine.Cpus} CPUs: {string.Join("; ", facts.Acts[1].Observations)}");
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_trace_shows_the_difference(string id)
    {
        ExhibitFacts facts = Play(id);

        Assert.All(facts.Acts, act => Assert.NotEmpty(act.Steps));
        Assert.NotEqual(Shape(facts.Acts[0]), Shape(facts.Acts[1]));
        Assert.All(facts.Acts, act => Assert.All(act.Steps, step => Assert.True(
            step.Step.Request is not null || step.Request.Start!.Function == step.Step.Function, $"{step.Step.Spelled} has another call's trace")));
    }

    [Fact]
    public void Library_and_kernel_disagree_about_a_value_until_the_batch_look_up_is_fixed()
    {
        ExhibitFacts facts = Play("efw-3564-lookup");

        Witnesses before = Only(facts.Acts[0]).Witnesses!;
        Assert.Equal((12L, 64L), (before.Library.Total, before.Kernel.Total));
        Assert.Equal((Party.Application, Party.Library), (before.FirstDisagreement!.Value.Left.Party, before.FirstDisagreement.Value.Right.Party));
        Assert.Null(Only(facts.Acts[1]).Witnesses!.FirstDisagreement);
    }

    [Fact]
    public void The_short_buffer_faults_in_the_library_before_the_kernel_is_asked_to_store()
    {
        ExhibitFacts facts = Play("efw-3564-buffer");

        StepFacts before = Only(facts.Acts[0]);
        Assert.Equal("library:update_batch.values", before.Step.Fault!.Value.Site);
        Assert.DoesNotContain(before.Request.Copies, c => c.Stage == CopyStage.MapStore);
        Assert.Equal(8, Only(facts.Acts[1]).Request.Copies.Count(c => c.Stage == CopyStage.MapStore));
    }

    [Fact]
    public void On_a_packed_heap_the_short_buffer_is_silently_wrong() =>
        Assert.Equal(ActOutcome.Wrong, Play("efw-3564-buffer", new MachineSettings { Heap = HeapMode.Packed }).Acts[0].Outcome);

    [Fact]
    public void The_kernel_refuses_a_look_up_of_one_CPUs_value_with_both_sizes()
    {
        ExhibitFacts facts = Play("efw-1420");

        StepFacts before = Only(facts.Acts[0]);
        Assert.Equal("EINVAL", before.Errno);
        Assert.Equal((12L, 64L), (before.Request.RefusedCheck!.Given, before.Request.RefusedCheck.Expected));
        Assert.Equal((64L, 12L, 64L), (before.Witnesses!.Application.Total, before.Witnesses.Library.Total, before.Witnesses.Kernel.Total));
        Assert.Null(Only(facts.Acts[1]).Request.Refusal);
    }

    [Theory]
    [InlineData("efw-null-opts")]
    [InlineData("efw-first-byte")]
    public void A_mistake_before_the_first_message_never_reaches_the_kernel(string id) =>
        Assert.Empty(Only(Play(id).Acts[0]).Request.Ioctls);

    [Fact]
    public void A_map_that_fills_its_last_message_has_been_delivered_when_the_call_fails()
    {
        ExhibitFacts facts = Play("efw-exact-multiple");

        StepFacts before = Only(facts.Acts[0]);
        Assert.Equal("ENOENT", before.Errno);
        Assert.Contains(before.Request.Copies, c => c.Stage == CopyStage.Unmarshal);
        Assert.Equal("STATUS_NO_MORE_MATCHES", before.Request.Ioctls[^1].Stop!.Status);
        Assert.Equal(0, Only(facts.Acts[1]).Step.Result);
    }

    [Fact]
    public void The_deleted_key_ends_the_read_before_and_costs_a_second_message_after()
    {
        ExhibitFacts facts = Play("efw-3561");

        Assert.Equal(3, facts.Acts[0].Steps.Count);
        Assert.Equal(("ENOENT", "4"), (facts.Acts[0].Steps[^1].Errno, facts.Acts[0].Observations[0].Seen));
        Assert.Equal("12", facts.Acts[1].Observations[0].Seen);
        Assert.Equal(2, facts.Acts[1].Steps[2].Request.Ioctls.Count(i => i.Start.Operation == "map_get_next_key_value_batch"));
    }

    [Fact]
    public void The_link_that_a_failed_detach_kept_is_still_there_after_the_clean_up()
    {
        ExhibitFacts facts = Play("efw-4057");

        Assert.Equal([0], facts.Acts[0].Steps.Skip(1).Select(s => s.Step.Result!.Value));
        Assert.Empty(facts.Acts[1].Leaks);
        Assert.Equal("ENOENT", facts.Acts[1].Steps[1].Errno);
    }

    [Fact]
    public void The_query_from_offset_zero_is_refused_and_nobody_is_woken()
    {
        ExhibitFacts facts = Play("efw-3001");

        Assert.Equal("map.ring.return_boundary", facts.Acts[0].Steps[^1].Request.Refusal!.Check);
        Assert.Equal("not woken", facts.Acts[0].Observations[0].Seen);
        Assert.Equal("STATUS_PENDING", facts.Acts[1].Steps[^1].Step.Status);
    }

    [Fact]
    public void A_division_by_the_size_of_a_key_stops_the_machine()
    {
        ExhibitFacts facts = Play("efw-3989");

        Assert.Equal(ActOutcome.Stopped, facts.Acts[0].Outcome);
        Assert.IsType<DivideByZeroException>(facts.Acts[0].Stop!.Cause);
        Assert.Equal("map.delete_batch.key_size", Only(facts.Acts[1]).Request.Refusal!.Check);
    }

    [Theory]
    [InlineData("efw-3687", "EINVAL")]
    [InlineData("efw-946", "EINVAL")]
    [InlineData("efw-2942", "ENOENT")]
    public void What_the_driver_or_the_library_refused_without_a_check_is_an_errno_only(string id, string errno)
    {
        StepFacts before = Play(id).Acts[0].Steps[0];

        Assert.Equal(errno, before.Errno);
        Assert.Null(before.Request.Refusal);
    }

    /// <summary>Names of events, checks, statuses and results: what does not depend on addresses.</summary>
    private static string Shape(ActFacts act) => string.Join('\n', act.Steps.Select(s => $"{s.Step.Result} {s.Step.Status} {s.Step.Fault?.Site} "
        + string.Join(' ', s.Request.Events.Select(e => e switch
        {
            SizeCheckEvent check => $"{check.Check}:{check.Passed}",
            IoctlStopEvent stop => stop.Status,
            _ => e.Header.Name,
        })) + string.Join(' ', act.Observations)));

    private static StepFacts Only(ActFacts act) => Assert.Single(act.Steps);

    private static ExhibitFacts Play(string id, MachineSettings? machine = null) => ExhibitRun.Play(ExhibitTable.Find(id)!, machine ?? new());
}
