using KernelSim.Protocol;
using KernelSim.Tool.Predict.Questions;
using KernelSim.Tool.Story.Traces;

namespace KernelSim.Tool.Predict.Topics;

/// <summary>How many requests a batch call needs, whose messages have a length of 16 bits.</summary>
internal sealed class BatchIoctlsTopic : ITopic
{
    /// <inheritdoc/>
    public string Name => "batch-ioctls";

    /// <inheritdoc/>
    public string Predicts => "how many requests a call sends to the driver";

    /// <inheritdoc/>
    public Question Ask(QuestionDraw draw)
    {
        BpfMapType type = draw.OneOf(BpfMapType.PercpuArray, BpfMapType.PercpuArray, BpfMapType.Array);
        int cpus = draw.OneOf(8, 12, 16, 24, 32, 48);
        int size = type == BpfMapType.Array ? draw.Number(2000, 9000) : draw.Number(40, 320);
        int entries = draw.Number(5, 40);
        PerCpuLayout.TryCreate(type, (uint)size, cpus, out PerCpuLayout layout);
        return new ScriptQuestion(
            new MachineSettings { Cpus = cpus },
            [
                CallLine.Create(BpfMapTypeNames.NameOf(type)!, "m", 4, size, entries),
                CallLine.Of("map_lookup_batch", ("fd", "m"), ("count", draw.Number(entries / 2, entries))),
            ],
            "How many requests (IOCTLs) does the library send in the last call, whatever they are for?",
            AnswerForm.Number,
            played => Words.N(played.Request!.Ioctls.Count),
            played => Because(played, layout))
        {
            ReadsTrace = true,
        };
    }

    private static string Because(PlayedScript played, PerCpuLayout layout)
    {
        int queries = played.Request!.Ioctls.Count(i => LedgerGrid.IsQuery(i.Start.Operation));
        long longest = played.Request.Ioctls.Max(i => i.Stop?.Information ?? 0);
        string asked = queries == 0 ? "The library knew the map's definition. " : $"{Words.Of(queries, "request")} asked for the map's definition. ";
        string value = layout.IsPerCpu ? $"a value of {Words.Formula(layout)} = {layout.Total} bytes" : $"a value of {layout.Total} bytes";
        string moved = $"{Words.Of(played.Request.Ioctls.Count - queries, "request")} moved {Words.Of(played.Number("count"), "element")}";
        return $"{asked}{moved}, each a key of 4 bytes and {value}. A message has at most {ushort.MaxValue} bytes and holds whole elements; "
            + $"the longest reply here had {longest}.";
    }
}
