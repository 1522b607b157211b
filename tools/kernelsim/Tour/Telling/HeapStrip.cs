using KernelSim.Protocol.Gate;
using KernelSim.Tool.Story;
using KernelSim.Tool.Story.Traces;
using KernelSim.Tool.Tour.Facts;
using KernelSim.TraceAnalysis.Events;

namespace KernelSim.Tool.Tour.Telling;

/// <summary>
/// The heap around the values buffer, to scale: its blocks, and above them the library's accesses, element by element, from the
/// trace.
/// </summary>
internal static class HeapStrip
{
    private const ulong Margin = 32;

    /// <summary>The picture of one call.</summary>
    public static StoryBlock Of(CallFacts call, int cells)
    {
        List<(ulong Start, ulong End, long Element, bool Failed)> touched = [.. Touched(call)];
        BlockFacts values = call.Values;
        ulong end = touched.Select(t => t.End).Append(values.End).Max() + Margin;
        Scale scale = Scale.Fit(values.Address, end, cells, finest: 4);
        string title = call.Heap == HeapMode.Guarded ? "a guard page behind every block" : "blocks side by side";
        return new StripBlock(
            $"the heap from {Words.Hex(values.Address)}, {scale} ({title})",
            [
                new StripLane("heap", [.. Heap(call, scale, end)]),
                new StripLane(call.IsUpdate ? "library reads" : "library writes", [.. Library(touched, values, scale, end)]),
            ]);
    }

    /// <summary>Where the library read values (an update) or wrote them (a lookup).</summary>
    private static IEnumerable<(ulong Start, ulong End, long Element, bool Failed)> Touched(CallFacts call)
    {
        long next = 0;
        foreach (CopyEvent copy in call.ValueCopies)
        {
            ulong at = call.IsUpdate ? copy.Source : copy.Destination;
            next = copy.Element + 1;
            yield return (at, at + (ulong)copy.Bytes, copy.Element, false);
        }

        if (call.Fault is { } fault)
        {
            yield return (fault.Start, fault.Start + fault.Length, next, true);
        }
    }

    private static IEnumerable<StripSegment> Heap(CallFacts call, Scale scale, ulong end)
    {
        BlockFacts values = call.Values;
        yield return new StripSegment(
            $"values: {values.Before.Length} bytes|values {values.Before.Length}|values|val",
            scale.Cells(values.Address, values.End),
            Tone.Value);
        if (call.Heap == HeapMode.Guarded)
        {
            yield return new StripSegment("guard page: no access|guard page|guard", scale.Cells(values.End, end), Tone.Guard);
            yield break;
        }

        ulong at = values.End;
        foreach (BlockFacts block in call.Blocks.Where(b => b.Address >= values.End && b.Address < end).OrderBy(b => b.Address))
        {
            yield return new StripSegment(string.Empty, scale.Cells(at, block.Address), Tone.Padding);
            yield return new StripSegment(
                $"{block.Name}: {block.Before.Length} bytes|{block.Name}|{block.Name[..3]}",
                scale.Cells(block.Address, Math.Min(block.End, end)),
                Tone.Neighbour);
            at = block.End;
        }

        yield return new StripSegment("free heap|free", at < end ? scale.Cells(at, end) : 0, Tone.Plain);
    }

    /// <summary>Element by element; the part beyond the buffer is split off and marked.</summary>
    private static IEnumerable<StripSegment> Library(
        List<(ulong Start, ulong End, long Element, bool Failed)> touched, BlockFacts values, Scale scale, ulong end)
    {
        ulong at = values.Address;
        foreach ((ulong start, ulong stop, long element, bool failed) in touched)
        {
            yield return new StripSegment(string.Empty, scale.Cells(at, start), Tone.Plain);
            ulong edge = Math.Clamp(values.End, start, stop);
            string name = $"element {element}|{element}";
            yield return new StripSegment(name, scale.Cells(start, edge), failed ? Tone.Dim : Tone.Good);
            yield return new StripSegment(
                edge > start ? "past the end|past" : $"past the end: {element}|{element}", scale.Cells(edge, stop), Tone.Bad);
            at = Math.Max(at, stop);
        }

        yield return new StripSegment(string.Empty, at < end ? scale.Cells(at, end) : 0, Tone.Plain);
    }
}
