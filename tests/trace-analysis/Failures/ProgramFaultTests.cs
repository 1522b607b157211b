using KernelSim.TraceAnalysis.Events;
using KernelSim.TraceAnalysis.Failures;
using KernelSim.TraceAnalysis.Reports;
using KernelSim.TraceAnalysis.Wording;

namespace KernelSim.TraceAnalysis.Tests.Failures;

/// <summary>Programs that stop their machine, or are refused, and what is said of them.</summary>
public sealed class ProgramFaultTests
{
    private const string Line = "./drop.c:10 \"return packet[200];\"";

    [Fact]
    public void The_steps_of_a_fault_are_those_of_its_own_run()
    {
        Recorded trace = Step(Step(new Recorded(), 1), 2).Kernel(0, "ProgramInvoke", ("programId", 2L), ("name", "drop"));
        Step(trace.OnThread(7), 3);
        Step(trace.OnThread(1), 4).Kernel(0, "MapHelper", ("programId", 2L), ("mapId", 5L), ("helper", "bpf_map_lookup_elem"), ("line", Line));
        Fault(trace);

        ProgramFaultStory story = Find(trace)!;

        Assert.Equal(
            ["4: r1 = 1; r1 = 0x2a", "bpf_map_lookup_elem on map 5: "], story.Steps.Select(WhyWords.Step));
        Assert.Equal(Line, WhyWords.Line(story.Steps[1]));
    }

    [Fact]
    public void Only_the_last_steps_of_a_long_run_are_kept()
    {
        Recorded trace = new();
        for (int i = 0; i < 1000; i++)
        {
            Step(trace, i);
        }

        Fault(trace);

        ProgramFaultStory story = Find(trace)!;
        Assert.InRange(story.Steps.Count, 2, 100);
        Assert.Equal(999, Assert.IsType<InstructionEvent>(story.Steps[^1]).Instruction);
    }

    [Fact]
    public void A_fault_is_told_with_its_source_line_and_what_to_do()
    {
        TextPart[] page = [.. WhyPage.Of(Find(Fault(Step(new Recorded(), 1)))!)];

        Assert.Equal("Program 2 'drop' stopped the machine on CPU 0", Assert.IsType<TextPart.Heading>(page[0]).Text);
        Dictionary<string, string> said = page.OfType<TextPart.Paragraph>().Where(p => p.Label.Length > 0).ToDictionary(p => p.Label, p => p.Text);
        Assert.Equal("Read of 1 byte at r1+200.", said["Why"]);
        Assert.Equal(Line, said["Source"]);
        Assert.Contains(page.OfType<TextPart.Paragraph>(), p => p.Text.StartsWith("Compare an address", StringComparison.Ordinal));
        Assert.Equal([1, "1: r1 = 1; r1 = 0x2a", Line], Assert.Single(page.OfType<TextPart.Table>()).Rows[0].Select(Number));
    }

    [Fact]
    public void A_trace_without_a_fault_has_no_story_of_one() => Assert.Null(Find(Step(new Recorded(), 1)));

    [Fact]
    public void A_program_that_the_library_refuses_is_told_with_its_source_line()
    {
        Recorded trace = new Recorded()
            .User(1, "ApiCallStart", ("function", "bpf_object__load"))
            .User(1, "ProgramRefusal", ("section", "xdp"), ("program", "drop"), ("instruction", 3), ("text", "instruction 3: no"), ("line", Line))
            .User(1, "InvalidArgument", ("check", "bytecode.helper"), ("site", "bpf_object__load"), ("errno", "EACCES"))
            .User(1, "ApiCallStop", ("function", "bpf_object__load"), ("result", -13), ("errno", "EACCES"));
        FailureStory story = new(new TraceLog([.. trace.Events]).Request(1)!);

        Dictionary<string, string> said = WhyPage.Of(story).OfType<TextPart.Paragraph>()
            .Where(p => p.Label.Length > 0).ToDictionary(p => p.Label, p => p.Text);

        Assert.Equal(("xdp/drop: Instruction 3: no.", Line), (said["Program"], said["Source"]));
    }

    [Fact]
    public void The_report_counts_instructions_and_runs_that_showed_none_and_lists_faults()
    {
        Recorded trace = Step(Step(new Recorded(), 1), 2)
            .Kernel(0, "InstructionsNotRecorded", ("programId", 3L), ("program", "silent"), ("engine", "compiled"));
        ReportBuilder builder = new();
        foreach (TracedEvent e in Fault(trace).Events)
        {
            builder.Add(e);
        }

        TraceReport report = builder.Finish(new TraceTotals(trace.Events.Count, 0));

        Assert.Equal(
            [("drop", 2L, 0L), ("silent", 0, 1)], report.Programs.Select(p => (p.Name, p.Instructions, p.RunsWithoutInstructions)));
        Assert.Equal((2L, Line), (Assert.Single(report.ProgramFaults).ProgramId, report.ProgramFaults[0].Line));
    }

    [Fact]
    public void Programs_whose_instructions_were_asked_for_in_vain_are_named_once()
    {
        UnseenInstructions unseen = new();
        Assert.Null(unseen.Note);
        foreach (TracedEvent e in Silent("b").Concat(Silent("a")).Concat(Silent("b")))
        {
            unseen.Add(e);
        }

        Assert.StartsWith("no instructions were recorded of a, b. Compiled code shows", unseen.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_that_are_too_many_are_counted()
    {
        UnseenInstructions unseen = new();
        foreach (TracedEvent e in Enumerable.Range(0, 11).SelectMany(i => Silent($"p{i:00}")))
        {
            unseen.Add(e);
        }

        Assert.StartsWith(
            "no instructions were recorded of p00, p01, p02, p03, p04, p05, p06, p07 and 3 more. Compiled", unseen.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void The_instructions_of_a_module_are_seen_by_loading_its_object_file_instead()
    {
        UnseenInstructions unseen = new();
        foreach (TracedEvent e in Silent("m", "native").Concat(Silent("c")))
        {
            unseen.Add(e);
        }

        Assert.Contains("of c. Compiled code shows no instructions: load the program with", unseen.Note, StringComparison.Ordinal);
        Assert.Contains(
            "of m. The code of a module shows no instructions: load the object file (.o) instead of the module",
            unseen.Note,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void To_record_instructions_is_advised_only_where_the_trace_has_none(bool hasInstructions)
    {
        ProgramFaultStory story = Find(Fault(hasInstructions ? Step(new Recorded(), 1) : new Recorded()))!;

        Assert.Equal(!hasInstructions, WhyWords.Fix(story).Contains("--profile instructions", StringComparison.Ordinal));
    }

    private static IReadOnlyList<TracedEvent> Silent(string program, string engine = "compiled") =>
        new Recorded().Kernel(0, "InstructionsNotRecorded", ("programId", 1L), ("program", program), ("engine", engine)).Events;

    private static object Number(object cell) => cell is int number ? number + 1 : cell;

    private static Recorded Step(Recorded trace, int slot) => trace.Kernel(
        0, "Instruction", ("programId", 2L), ("program", "drop"), ("instruction", slot), ("text", "r1 = 1"), ("register", 1), ("value", 42UL),
        ("line", Line));

    private static Recorded Fault(Recorded trace) => trace.Kernel(
        0, "ProgramFault", ("programId", 2L), ("program", "drop"), ("kind", "InvalidRead"), ("instruction", 1), ("text", "read of 1 byte at r1+200"),
        ("line", Line));

    private static ProgramFaultStory? Find(Recorded trace)
    {
        ProgramFaultFinder finder = new();
        foreach (TracedEvent e in trace.Events)
        {
            finder.Add(e);
        }

        return finder.Story;
    }
}
