using KernelSim.Protocol;
using KernelSim.Tool.Story;
using KernelSim.Tool.Story.Traces;
using KernelSim.Tool.Tour.Facts;

namespace KernelSim.Tool.Tour.Telling;

/// <summary>One element as it crosses the boundary: key, then each CPU's value with its padding.</summary>
internal static class ElementStrip
{
    private const int KeyBytes = sizeof(uint);

    /// <summary>The segments of elements back to back, as many as fit; a cell is a byte.</summary>
    public static StripLane Lane(string label, PerCpuLayout layout, int most, int elements = 1)
    {
        List<StripSegment> segments = [];
        int left = most;
        for (int element = 0; element < elements && left > 0; element++)
        {
            Add("key", KeyBytes, Tone.Key);
            for (int cpu = 0; cpu < layout.SlotCount && left > 0; cpu++)
            {
                Add($"CPU {cpu}", (int)layout.ValueSize, Tone.Value);
                Add("pad", (int)layout.Padding, Tone.Padding);
            }
        }

        return new StripLane(label, segments);

        void Add(string text, int bytes, Tone tone)
        {
            int cells = Math.Min(left, bytes);
            segments.Add(new StripSegment(text, cells, tone));
            left -= cells;
        }
    }

    /// <summary>The picture for the opening.</summary>
    public static StoryBlock Of(PerCpuLayout layout, int cells)
    {
        bool whole = KeyBytes + (long)layout.Total <= cells;
        return new StripBlock(
            $"one element: key {KeyBytes} + {Words.Formula(layout)} = {layout.Total}; 1 cell = 1 byte" +
            (whole ? string.Empty : ", its beginning only"),
            [
                Lane("crosses", layout, cells),
                new StripLane("the app counted", [new("key", KeyBytes, Tone.Key), new("value 12", Counters.Size, Tone.Good)]),
            ]);
    }
}
