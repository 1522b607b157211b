using System.Runtime.InteropServices;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.Tool.Story;
using KernelSim.Tool.Story.Traces;
using KernelSim.Tool.Tour.Facts;
using KernelSim.TraceAnalysis.Events;

namespace KernelSim.Tool.Tour.Telling;

/// <summary>Tells one call: what was asked, what happened, the pictures that show it, the witnesses and the ledger.</summary>
/// <param name="facts">What there is to tell.</param>
/// <param name="cells">Cells of the lanes of pictures.</param>
internal sealed class CallTeller(TourFacts facts, int cells)
{
    private readonly Plot _plot = new(facts);

    /// <summary>The blocks of one call.</summary>
    public IEnumerable<StoryBlock> Tell(PerformanceFacts performance, CallFacts call)
    {
        yield return new SceneBlock(Run.Code(Spell(call)), Outcome(call), call.Request.Id);
        if (_plot.ToldBefore(performance, call) is { } told)
        {
            yield return told;
            yield break;
        }

        foreach (StoryBlock block in Show(performance, call))
        {
            yield return block;
        }

        yield return WitnessGrid.Of(call.Request.Witnesses);
        foreach (StoryBlock block in _plot.Lesson(performance, call))
        {
            yield return block;
        }

        yield return LedgerGrid.Of(call.Request, call.ProcessId, isNarrow: cells < Scale.PageCells);
    }

    /// <summary>A call as a programmer would write it.</summary>
    public static string Spell(CallFacts call) => $"{call.Function}(map, keys, values of {call.Values.Before.Length} bytes, count {call.Count})";

    /// <summary>The outcome of a call, in a few words.</summary>
    public static Run Outcome(CallFacts call) => call.Ending switch
    {
        CallEnding.Right => Run.Good($"0, {Words.Of(call.IsUpdate ? call.Count : call.CountAfter ?? 0, "element")}"),
        CallEnding.SilentlyWrong => Run.Bad("0, \"success\", and wrong"),
        CallEnding.Refused => new Run($"-{call.Request.Stop?.Errno}", call.Request.Copies.Any() ? Tone.Bad : Tone.Good),
        _ => Run.Bad("access violation"),
    };

    private IEnumerable<StoryBlock> Show(PerformanceFacts performance, CallFacts call) => call.Ending switch
    {
        CallEnding.Crashed => Crash(performance, call),
        CallEnding.SilentlyWrong when call.IsUpdate => LeakedIntoMap(call),
        CallEnding.SilentlyWrong when Corruption.Victims(call).Any() => Overwritten(call),
        CallEnding.SilentlyWrong => WronglyCut(call),
        CallEnding.Refused => Refused(call),
        _ => Right(call),
    };

    private IEnumerable<StoryBlock> Crash(PerformanceFacts performance, CallFacts call)
    {
        AccessViolation fault = call.Fault!.Value;
        string access = MemoryAccessNames.NameOf(fault.Access);
        ulong beyond = fault.Address - call.Values.Address;
        yield return ProseBlock.Labelled(
            "What",
            $"A {access} of {Words.Of(fault.Length, "byte")} at ", Run.Code(Words.Hex(fault.Start)), ": the first byte that may not be touched is ",
            Run.Bad(Words.Hex(fault.Address)), $", byte {beyond} of a buffer that ends after byte {call.Values.Before.Length - 1}. ",
            $"The application believes a value has {call.ValueBytes} bytes; the library walks in steps of {StepOf(call)}. The process is gone.");
        yield return FaultPath.Of(call, performance);
        yield return HeapStrip.Of(call, cells);
    }

    private IEnumerable<StoryBlock> LeakedIntoMap(CallFacts call)
    {
        FlowFacts meant =
            call.Meant.FirstOrDefault(m => call.Held?.Any(h => h.Port == m.Port && !h.PerCpu.SequenceEqual(m.PerCpu)) == true) ?? call.Meant[0];
        FlowFacts? held = call.Held?.FirstOrDefault(h => h.Port == meant.Port);
        yield return ProseBlock.Labelled(
            "What",
            "The call says 0. It read ", Run.Bad($"{(long)StepOf(call) * call.Count} bytes"), $" from a buffer of {call.Values.Before.Length}: ",
            "every byte beyond it was there to be read, so nothing stopped it, and other blocks of the heap are counters in the map now.");
        yield return HeapStrip.Of(call, cells);
        if (held is not null)
        {
            yield return CountTable.Compare(meant, held);
        }

        if (LeakedText(call) is { } leak)
        {
            yield return ProseBlock.Labelled("Leaked", leak);
        }
    }

    /// <summary>Words of another block that can now be read from the map.</summary>
    private static Run[]? LeakedText(CallFacts call)
    {
        foreach (BlockFacts block in call.Blocks.Where(b => b.Name is not ("values" or "keys")))
        {
            foreach (FlowFacts held in call.Held ?? [])
            {
                for (int cpu = 0; cpu < held.PerCpu.Count; cpu++)
                {
                    byte[] bytes = MemoryMarshal.AsBytes(new ReadOnlySpan<Counters>([held.PerCpu[cpu]])).ToArray();
                    int at = block.Before.AsSpan().IndexOf(bytes);
                    if (at >= 0 && bytes.All(b => Words.Printable(b) == (char)b))
                    {
                        string text = new([.. bytes.Select(Words.Printable)]);
                        return
                        [
                            $"The counters of port {held.Port} on CPU {cpu} now spell ", Run.Bad($"\"{text}\""), $", from the block `{block.Name}`.",
                        ];
                    }
                }
            }
        }

        return null;
    }

    private IEnumerable<StoryBlock> Overwritten(CallFacts call)
    {
        yield return ProseBlock.Labelled(
            "What",
            "The call says 0. It wrote ", Run.Bad($"{(long)StepOf(call) * (call.CountAfter ?? 0)} bytes"),
            $" into a buffer of {call.Values.Before.Length}; ",
            "what lay behind it is gone, and the program will find out later, somewhere else.");
        yield return HeapStrip.Of(call, cells);
        foreach (BlockFacts victim in Corruption.Victims(call))
        {
            yield return Corruption.Of(victim, cells);
        }
    }

    private IEnumerable<StoryBlock> WronglyCut(CallFacts call)
    {
        WireReply reply = new(call.Request, facts.Layout);
        yield return ProseBlock.Labelled(
            "What",
            $"The call says 0 and {Words.Of(call.CountAfter ?? 0, "element")}. The kernel had packed ",
            Run.Code(Words.Of(reply.KernelRecords, "record")),
            $" of {sizeof(uint) + facts.Layout.Total} bytes; the library cut what came every {sizeof(uint) + StepOf(call)} bytes.");
        if (reply.Cuts.Count > 0)
        {
            yield return Miscut.Picture(call, facts, reply, cells);
            yield return Miscut.Records(call, reply);
        }
    }

    private IEnumerable<StoryBlock> Refused(CallFacts call)
    {
        if (call.Request.Refusal is not { } refusal)
        {
            yield return ProseBlock.Labelled("What", $"The call failed with {call.Request.Stop?.Errno}; no check of ours refused it.");
            yield break;
        }

        Check? check = CheckTable.Find(refusal.Check);
        SizeCheckEvent? compared = call.Request.RefusedCheck;
        yield return ProseBlock.Labelled("Check", Run.Code(check?.Code ?? string.Empty), " ", Run.Code(refusal.Check), $": {check?.Text}");
        if (compared is not null)
        {
            bool ofValues = compared.What == "values";
            string unit = ofValues ? $"{call.Count} × {facts.Layout.Total} = " : string.Empty;
            string expected = ofValues || check is null
                ? unit + Words.N(compared.Expected)
                : check.Expectation(compared.Given, compared.Expected, digits: n => Words.N(n)) ?? Words.N(compared.Expected);
            string formula = ofValues ? $"{Words.Formula(facts.Layout)} = {facts.Layout.Total}" : check?.Formula ?? string.Empty;
            yield return ProseBlock.Labelled(
                "Given", Run.Bad(Words.Of(compared.Given, "byte")), ", expected ", Run.Good(expected), $" ({formula})");
        }

        int copies = call.Request.Copies.Count();
        yield return ProseBlock.Labelled(
            copies == 0 ? "Proof" : "Copies",
            copies == 0
                ? $"The trace of request {call.Request.Id} has {Words.Of(call.Request.Checks.Count(), "check")} and no Copy event: " +
                "not one byte had moved. The process lives."
                : $"{Words.Of(copies, "Copy event")} had moved {Words.Of(call.Request.Copies.Sum(c => c.Bytes), "byte")} before, for nothing.");
        if (check is not null)
        {
            yield return ProseBlock.Labelled("Fix", check.Fix);
        }
    }

    private IEnumerable<StoryBlock> Right(CallFacts call)
    {
        if (!call.IsUpdate)
        {
            FlowFacts[] read = [.. call.Records().Select(r => new FlowFacts(r.Port, Layout.Decode(r.Value, facts.Machine.Cpus)))];
            yield return CountTable.Of("packets by port and CPU, and the sums of all CPUs, as the application reads them", read, facts.Machine.Cpus);
        }
    }

    /// <summary>Size of a value in bytes, as the library counted it in this call.</summary>
    private static long StepOf(CallFacts call) => call.Request.Witnesses.Library.Total ?? 0;
}
