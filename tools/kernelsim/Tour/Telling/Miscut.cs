using KernelSim.Tool.Story;
using KernelSim.Tool.Story.Traces;
using KernelSim.Tool.Tour.Facts;

namespace KernelSim.Tool.Tour.Telling;

/// <summary>A reply that the library split at the wrong stride: the picture, and each record as the application reads it.</summary>
internal static class Miscut
{
    private const int MostRecords = 5;

    /// <summary>Kernel's packing above the library's cuts, byte for byte.</summary>
    public static StoryBlock Picture(CallFacts call, TourFacts facts, WireReply reply, int cells)
    {
        List<StripSegment> cuts = [];
        long at = reply.Start;
        int record = sizeof(uint) + call.ValueBytes;
        for (int i = 0; i < reply.Cuts.Count && at < reply.Start + cells; i++)
        {
            int left = (int)(reply.Start + cells - reply.Cuts[i]);
            cuts.Add(new StripSegment("key", Math.Min(left, sizeof(uint)), i == 0 ? Tone.Good : Tone.Bad));
            cuts.Add(new StripSegment($"record {i}", Math.Clamp(left - sizeof(uint), 0, call.ValueBytes), i == 0 ? Tone.Good : Tone.Bad));
            at = reply.Cuts[i] + record;
        }

        return new StripBlock(
            "the reply's bytes, 1 cell = 1 byte",
            [ElementStrip.Lane("kernel packed", facts.Layout, cells, reply.KernelRecords), new StripLane("library cut", cuts)]);
    }

    /// <summary>What the application reads, and what the bytes really are.</summary>
    public static StoryBlock Records(CallFacts call, WireReply reply)
    {
        List<Run[][]> rows = [];
        int index = 0;
        int record = sizeof(uint) + call.ValueBytes;
        foreach ((uint port, byte[] value) in call.Records().Take(Math.Min(MostRecords, reply.Cuts.Count)))
        {
            long at = reply.Cuts[index];
            Counters counters = Counters.From(value);
            Tone tone = index == 0 ? Tone.Plain : Tone.Bad;
            rows.Add(
            [
                [Words.N(index)], [new Run(Words.N(port), tone)], [new Run(Words.N(counters.Packets), tone)],
                [new Run(Words.N(counters.Bytes), tone)], [new Run(Words.N(counters.Drops), tone)],
                [Run.Dim(reply.Meaning(at, record))],
            ]);
            index++;
        }

        string more = call.CountAfter > index ? $", the first {index} of {call.CountAfter}" : string.Empty;
        return new GridBlock(
            $"records as the application reads them{more}",
            [
                new("#", IsNumber: true), new("port", IsNumber: true), new("packets", IsNumber: true), new("bytes", IsNumber: true),
                new("drops", IsNumber: true), new("which really are"),
            ],
            rows);
    }
}
