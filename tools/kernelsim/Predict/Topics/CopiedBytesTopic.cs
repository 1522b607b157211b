using KernelSim.Protocol;
using KernelSim.Tool.Predict.Questions;
using KernelSim.Tool.Story.Traces;
using KernelSim.TraceAnalysis.Events;
using KernelSim.Tracing;

namespace KernelSim.Tool.Predict.Topics;

/// <summary>What a call costs at the boundary: the bytes that the I/O manager copies.</summary>
internal sealed class CopiedBytesTopic : ITopic
{
    /// <inheritdoc/>
    public string Name => "copied-bytes";

    /// <inheritdoc/>
    public string Predicts => "how many bytes a request copies across the boundary";

    /// <inheritdoc/>
    public Question Ask(QuestionDraw draw)
    {
        BpfMapType type = draw.OneOf(BpfMapType.Array, BpfMapType.PercpuArray);
        int cpus = draw.OneOf(2, 4, 8);
        int size = draw.Number(1, 48);
        int entries = draw.Number(4, 40);
        PerCpuLayout.TryCreate(type, (uint)size, cpus, out PerCpuLayout layout);
        MapRequestHint hint = draw.OneOf([.. MapRequestHint.All.Take(3)]);
        return new ScriptQuestion(
            new MachineSettings { Cpus = cpus },
            [
                CallLine.Create(BpfMapTypeNames.NameOf(type)!, "m", 4, size, entries),
                CallLine.Of(
                    hint.Op,
                    ("fd", "m"),
                    ("key", CallLine.Le(draw.Number(0, entries - 2), 4)),
                    ("value", hint.Op == "map_update_elem" ? CallLine.Le(draw.Number(1, 99), (int)layout.Total) : null)),
            ],
            "How many bytes does the I/O manager copy for the last request of the last call: the message into the kernel's system buffer, "
                + "and the reply "
                + $"out of it? {hint.Sentence}",
            AnswerForm.Number,
            played => Words.N(CrossedBytes(played, CopyStage.BufferIn) + CrossedBytes(played, CopyStage.BufferOut)),
            played => $"The last request copies {CrossedBytes(played, CopyStage.BufferIn)} bytes in and "
                + $"{CrossedBytes(played, CopyStage.BufferOut)} bytes "
                + "out: METHOD_BUFFERED copies each message once. In the ledger these are the stages BufferIn and BufferOut.")
        {
            ReadsTrace = true,
        };
    }

    private static long CrossedBytes(PlayedScript played, string stage)
    {
        int from = played.Request!.Ioctls[^1].Start.Position;
        return played.Request.Copies.Where(c => c.Stage == stage && c.Position > from).Sum((CopyEvent c) => c.Bytes);
    }
}
