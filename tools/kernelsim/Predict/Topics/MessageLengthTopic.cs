using KernelSim.Tool.Predict.Questions;
using KernelSim.Tool.Story.Traces;

namespace KernelSim.Tool.Predict.Topics;

/// <summary>The first field of a message: its length, two bytes, little endian.</summary>
internal sealed class MessageLengthTopic : ITopic
{
    /// <inheritdoc/>
    public string Name => "message-length";

    /// <inheritdoc/>
    public string Predicts => "which bytes a message begins with";

    /// <inheritdoc/>
    public Question Ask(QuestionDraw draw)
    {
        int keySize = draw.Number(1, 24);
        int valueSize = draw.Number(1, 60);
        int count = draw.Number(2, 9);
        MapRequestHint hint = draw.OneOf(MapRequestHint.All);
        bool isBatch = hint.Op == "map_delete_batch";
        string last = isBatch
            ? CallLine.Of(hint.Op, ("fd", "m"), ("keys", Hex(draw, count * keySize)), ("count", count))
            : CallLine.Of(
                hint.Op, ("fd", "m"), ("key", Hex(draw, keySize)), ("value", hint.Op == "map_update_elem" ? Hex(draw, valueSize) : null));
        return new ScriptQuestion(
            new MachineSettings { Cpus = 4 },
            [CallLine.Create("hash", "m", keySize, valueSize, 64), last],
            "Which two bytes does the message of the last request of the last call begin with, as hex? They are its length, little endian. "
                + hint.Sentence,
            AnswerForm.Bytes,
            played => CallLine.Le(played.Request!.Ioctls[^1].Start.InputLength, sizeof(ushort)),
            played => $"The message of {played.Request!.Ioctls[^1].Start.Operation} has "
                + $"{Words.Of(played.Request.Ioctls[^1].Start.InputLength, "byte")}. "
                + "The low byte of a little-endian number comes first.")
        {
            ReadsTrace = true,
        };
    }

    private static string Hex(QuestionDraw draw, int bytes) => Convert.ToHexStringLower(draw.Bytes(bytes));
}
