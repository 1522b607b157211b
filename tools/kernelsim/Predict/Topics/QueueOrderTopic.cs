using KernelSim.Tool.Predict.Questions;

namespace KernelSim.Tool.Predict.Topics;

/// <summary>Queues and stacks, and which value a full one drops.</summary>
internal sealed class QueueOrderTopic : ITopic
{
    private const int ValueBytes = 4;
    private const int DropOldest = 2;

    /// <inheritdoc/>
    public string Name => "queue-order";

    /// <inheritdoc/>
    public string Predicts => "which value a queue or a stack gives next";

    /// <inheritdoc/>
    public Question Ask(QuestionDraw draw)
    {
        bool isQueue = draw.Number(0, 1) == 0;
        int room = draw.Number(3, 5);
        List<string> lines = [CallLine.Create(isQueue ? "queue" : "stack", "q", 0, ValueBytes, room)];
        int inside = 0;
        int steps = draw.Number(5, 10);
        while (lines.Count <= steps || inside == 0)
        {
            bool pops = inside > 1 && draw.Number(0, 3) == 0;
            inside = pops ? inside - 1 : Math.Min(inside + 1, room);
            lines.Add(pops
                ? CallLine.Of("map_lookup_and_delete_elem", ("fd", "q"))
                : CallLine.Of(
                    "map_update_elem",
                    ("fd", "q"),
                    ("value", CallLine.Le(draw.Number(1000, 9999), ValueBytes)),
                    ("flags", draw.OneOf<object?>(null, DropOldest, DropOldest))));
        }

        lines.Add(CallLine.Of(draw.OneOf("map_lookup_elem", "map_lookup_and_delete_elem"), ("fd", "q")));
        return new ScriptQuestion(
            new MachineSettings { Cpus = 4 },
            lines,
            "Which number does the last call return, in decimal? Numbers are little endian.",
            AnswerForm.Number,
            played => played.LittleEndian("value", 0, ValueBytes),
            _ => $"A {(isQueue ? "queue gives the oldest value" : "stack gives the newest value")}. A push into a full one is refused, "
                + $"unless flag {DropOldest} "
                + "(BPF_EXIST) makes it drop the oldest value.");
    }
}
