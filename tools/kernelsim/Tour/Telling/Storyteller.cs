using KernelSim.Protocol.Gate;
using KernelSim.Tool.Story;
using KernelSim.Tool.Story.Traces;
using KernelSim.Tool.Tour.Facts;

namespace KernelSim.Tool.Tour.Telling;

/// <summary>Turns facts into the story, block by block. Its facts about a call come from the trace or from the application's memory.</summary>
internal static class Storyteller
{
    /// <summary>The whole story.</summary>
    /// <param name="facts">What there is to tell.</param>
    /// <param name="cells">Cells of the lanes of pictures.</param>
    public static IReadOnlyList<StoryBlock> Tell(TourFacts facts, int cells)
    {
        List<StoryBlock> story = [.. Opening(facts, cells)];
        if (facts.Program is { } program)
        {
            story.AddRange(ObjectTeller.Tell(program));
        }

        Plot plot = new(facts);
        CallTeller teller = new(facts, cells);
        string chapter = string.Empty;
        foreach (PerformanceFacts performance in facts.Performances)
        {
            ChapterBlock head = Head(facts, performance);
            if (head.Number != chapter)
            {
                story.Add(head);
                chapter = head.Number;
            }

            story.Add(plot.Opening(performance));
            foreach (CallFacts call in performance.Calls)
            {
                story.AddRange(teller.Tell(performance, call));
            }
        }

        story.AddRange(Ending(facts));
        return story;
    }

    private static IEnumerable<StoryBlock> Opening(TourFacts facts, int cells)
    {
        string heap = facts.Machine.Heap == HeapMode.Guarded ? "guarded" : "packed";
        yield return new TitleBlock(
            "KernelSim: a batch call that forgot the CPUs",
            $"microsoft/ebpf-for-windows#3564, on a simulated machine with {Words.Of(facts.Machine.Cpus, "CPU")}, " +
            $"a {heap} heap and seed {facts.Machine.Seed}");
        yield return ProseBlock.Of(
            "A program counts packets by port in the map ", Run.Code("stats"), ": a percpu_hash, key u32, value ", Run.Code(Counters.Declaration),
            $", {Counters.Size} bytes. It ran on {(facts.Machine.Cpus == 1 ? "the one CPU" : $"each of {facts.Machine.Cpus} CPUs")} " +
            "at DISPATCH_LEVEL, where it sees that CPU's slot only. User mode gets all slots at once, each padded to 8 bytes:");
        yield return ElementStrip.Of(facts.Layout, cells);
        if (facts.Machine.Cpus == 1)
        {
            yield return ProseBlock.Of("With one CPU there is only the padding left to forget: 12 bytes are kept in 16.");
        }

        yield return ProseBlock.Of(
            $"An application now restores {Words.Of(facts.Restored.Count, "port")} with bpf_map_update_batch, then reads all " +
            $"{facts.Counted.Count + facts.Restored.Count} with bpf_map_lookup_batch" +
            $"{(facts.Performances.Count > 2 ? ", in four ways, each on fresh processes" : string.Empty)}.");
    }

    private static ChapterBlock Head(TourFacts facts, PerformanceFacts performance) => performance.Id switch
    {
        PerformanceId.Before3564 => new ChapterBlock("1", "before-3564: as the reporter had it", Verdict(performance)),
        PerformanceId.UpstreamGuarded or PerformanceId.UpstreamPacked => new ChapterBlock(
            "2",
            "upstream: the library is fixed, the caller is not",
            Verdict([.. facts.Performances.Where(p => p.Id is PerformanceId.UpstreamGuarded or PerformanceId.UpstreamPacked)])),
        PerformanceId.Checked => new ChapterBlock("3", "checked: refused before a byte moves", Verdict(performance)),
        _ => new ChapterBlock("4", "right", Verdict(performance)),
    };

    private static Run Verdict(params PerformanceFacts[] performances)
    {
        CallEnding[] endings = [.. performances.SelectMany(p => p.Calls).Select(c => c.Ending).Distinct()];
        string text = string.Join(", ", endings.Select(e => e switch
        {
            CallEnding.Crashed => "crash",
            CallEnding.SilentlyWrong => "silently wrong",
            CallEnding.Refused => "EINVAL",
            _ => "right",
        }));
        bool well = performances.All(
            p => p.Calls.All(c => c.Ending == CallEnding.Right || (c.Ending == CallEnding.Refused && !c.Request.Copies.Any())));
        return well ? Run.Good(text) : Run.Bad(text);
    }

    private static IEnumerable<StoryBlock> Ending(TourFacts facts)
    {
        yield return new ChapterBlock(string.Empty, "the trace", string.Empty);
        string lost = facts.Trace.LostEvents == 0 ? "none lost" : $"{facts.Trace.LostEvents} LOST: what is missing above may have happened";
        string kept = facts.RecorderNote is { } note ? $"Note: {note}."
            : facts.TraceFile is { } file ? $"Kept in {file}."
            : "Keep it with --trace FILE.";
        yield return ProseBlock.Of(
            $"Witnesses and ledgers above were read back from {Words.Of(facts.Trace.Events.Count, "recorded event")}, {lost}. {kept}");
    }
}
