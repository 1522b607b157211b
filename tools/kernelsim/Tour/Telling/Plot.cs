using KernelSim.Protocol;
using KernelSim.Tool.Story;
using KernelSim.Tool.Story.Traces;
using KernelSim.Tool.Tour.Facts;

namespace KernelSim.Tool.Tour.Telling;

/// <summary>The subject of a chapter, and the lesson from it. Everything that depends on the machine comes from the facts.</summary>
internal sealed class Plot(TourFacts facts)
{
    private readonly PerCpuLayout _layout = facts.Layout;

    /// <summary>A chapter's first paragraph.</summary>
    public ProseBlock Opening(PerformanceFacts p) => p.Id switch
    {
        PerformanceId.Before3564 => ProseBlock.Of(
            $"The application sizes its buffers as count × value_size: {Forgotten(p)}. The library of that time multiplies by the CPUs when it " +
            "updates, and forgets them when it looks up. The kernel never forgets."),
        PerformanceId.UpstreamGuarded => ProseBlock.Of(
            "The library is fixed: it counts padding and CPUs in both directions. It still trusts the caller's buffers, and this caller forgot: " +
            $"{Forgotten(p)}. First on a heap with a guard page behind every block."),
        PerformanceId.UpstreamPacked => ProseBlock.Of(
            "The same program and library on a packed heap, as in life: blocks lie side by side, and memory behind the buffer is there " +
            "to be touched."),
        PerformanceId.Checked => ProseBlock.Of(
            $"The same forgetful program ({Forgotten(p)}) on KernelSim's own library. " +
            "It compares every buffer with what the call will touch, first."),
        _ => ProseBlock.Of(
            "The program allocates count × pad8(value_size) × libbpf_num_possible_cpus(): ",
            Run.Good($"{p.Update.Count} × {_layout.Total} = {p.Update.Count * (long)_layout.Total}"), " bytes for the update, ",
            Run.Good($"{p.Lookup.Count} × {_layout.Total} = {p.Lookup.Count * (long)_layout.Total}"), " for the lookup."),
    };

    /// <summary>
    /// A fault that an earlier chapter has told in full: the fixed library reads past the same buffer in the same way. Null if this call
    /// must be told.
    /// </summary>
    public ProseBlock? ToldBefore(PerformanceFacts p, CallFacts call)
    {
        bool repeats = p.Id == PerformanceId.UpstreamGuarded && call is { IsUpdate: true, Fault: not null }
            && facts.Performance(PerformanceId.Before3564)?.Update.Fault?.Address == call.Fault?.Address;
        return repeats
            ? ProseBlock.Labelled(
                "What", "As in chapter 1, to the byte: the update always counted the CPUs, so the fix changed nothing here. A read past the end at ",
                Run.Bad(Words.Hex(call.Fault!.Value.Address)), ".")
            : null;
    }

    /// <summary>The lesson of a call; empty if the pictures suffice.</summary>
    public IEnumerable<ProseBlock> Lesson(PerformanceFacts p, CallFacts call) => (p.Id, call.IsUpdate, call.Ending) switch
    {
        (PerformanceId.Before3564, true, CallEnding.Crashed) =>
        [
            ProseBlock.Labelled(
                "Why",
                "Nobody compared the two sizes. The fault comes inside a copy loop, in the library, before any request was sent: " +
                "no check in the kernel could have caught it, and nothing in it names the line that is wrong."),
            Allocate(call),
        ],
        (PerformanceId.Before3564, true, CallEnding.SilentlyWrong) => [Allocate(call)],
        (PerformanceId.Before3564, false, CallEnding.SilentlyWrong) =>
        [
            ProseBlock.Labelled(
                "Why",
                "The protocol carries no value size: the library tells the number of records from the length of the reply and its own stride. " +
                $"It cut {_layout.Total} bytes of one value into pieces of {call.ValueBytes}, " +
                $"with padding and {(_layout.SlotCount == 1 ? "counters" : "other CPUs' values")} as keys."),
            ProseBlock.Labelled(
                "Fix",
                "In the library, commit 7ee9edfb4: scale by pad8 and CPUs in the lookup too. That moves the trap to the caller: next chapter."),
        ],
        (PerformanceId.Before3564, false, CallEnding.Refused) =>
        [
            ProseBlock.Labelled(
                "Why",
                $"The library made room for {call.Count} records of {sizeof(uint)} + {call.ValueBytes} bytes. One record of the kernel has " +
                $"{sizeof(uint)} + {_layout.Total}: not one fits. The application sees EINVAL and nothing that says which size was meant."),
        ],
        (PerformanceId.UpstreamGuarded, false, CallEnding.Crashed) =>
        [
            ProseBlock.Labelled(
                "Why",
                "This time the kernel did its work and the reply is right. " +
                "The library writes each value where its own stride says, and leaves the buffer."),
            Allocate(call),
        ],
        (PerformanceId.UpstreamPacked, false, CallEnding.SilentlyWrong) =>
        [
            ProseBlock.Labelled(
                "Why",
                "Nothing faults where everything is mapped. The guard page of the scene before costs a page a block, and finds this at once."),
            Allocate(call),
        ],
        _ => [],
    };

    private static string Forgotten(PerformanceFacts p) =>
        $"{p.Update.Count} × {p.Update.ValueBytes} = {p.Update.Values.Before.Length} bytes for the update, " +
        $"{p.Lookup.Count} × {p.Lookup.ValueBytes} = {p.Lookup.Values.Before.Length} for the lookup";

    private ProseBlock Allocate(CallFacts call) => ProseBlock.Labelled(
        "Fix", "Allocate count × pad8(value_size) × libbpf_num_possible_cpus(): ",
        Run.Good($"{call.Count} × {Words.Formula(_layout)} = {call.Count * (long)_layout.Total} bytes"), ".");
}
