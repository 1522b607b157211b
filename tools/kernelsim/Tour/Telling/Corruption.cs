using KernelSim.Tool.Story;
using KernelSim.Tool.Story.Traces;
using KernelSim.Tool.Tour.Facts;

namespace KernelSim.Tool.Tour.Telling;

/// <summary>A block that a call overwrote although it was not passed to it: its bytes before and after.</summary>
internal static class Corruption
{
    private const int WideRow = 16;
    private const int NarrowRow = 8;

    // Below this, a row of sixteen bytes does not fit beside its address and its characters.
    private const int CellsOfWideRow = 74;

    /// <summary>The blocks that a call changed without having been passed them.</summary>
    public static IEnumerable<BlockFacts> Victims(CallFacts call) =>
        call.Blocks.Where(b => b.Changed && b.Name is not ("values" or "keys"));

    /// <summary>One block, byte for byte.</summary>
    /// <param name="block">The block.</param>
    /// <param name="cells">Cells of a picture on the same page.</param>
    public static StoryBlock Of(BlockFacts block, int cells)
    {
        int bytesPerRow = cells < CellsOfWideRow ? NarrowRow : WideRow;
        List<Run[][]> rows = [];
        for (int at = 0; at < block.Before.Length; at += bytesPerRow)
        {
            int length = Math.Min(bytesPerRow, block.Before.Length - at);
            rows.Add(Row(Words.Hex(block.Address + (ulong)at), "before", block.Before.AsSpan(at, length), default));
            rows.Add(Row(string.Empty, "after", block.After.AsSpan(at, length), block.Before.AsSpan(at, length)));
        }

        return new GridBlock(
            $"block `{block.Name}`, {block.Before.Length} bytes, which nobody passed to the call",
            [new(string.Empty), new(string.Empty), new(string.Empty), new(string.Empty)],
            rows);
    }

    private static Run[][] Row(string address, string when, ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> before)
    {
        List<Run> dump = [];
        List<Run> text = [];
        for (int i = 0; i < bytes.Length; i++)
        {
            Tone tone = before.Length == 0 ? Tone.Dim : before[i] == bytes[i] ? Tone.Plain : Tone.Bad;
            Append(dump, (i == 0 ? string.Empty : " ") + Words.Hex(bytes[i]), tone);
            Append(text, Words.Printable(bytes[i]).ToString(), tone);
        }

        return [[Run.Dim(address)], [Run.Dim(when)], [.. dump], [.. text]];
    }

    private static void Append(List<Run> line, string text, Tone tone)
    {
        if (line is [.., var last] && last.Tone == tone)
        {
            line[^1] = last with { Text = last.Text + text };
        }
        else
        {
            line.Add(new Run(text, tone));
        }
    }
}
