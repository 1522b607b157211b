using KernelSim.Tool.Predict.Questions;
using KernelSim.Tool.Story.Traces;

namespace KernelSim.Tool.Predict.Topics;

/// <summary>Which element a full LRU map gives up.</summary>
internal sealed class LruEvictionTopic : ITopic
{
    /// <inheritdoc/>
    public string Name => "lru-eviction";

    /// <inheritdoc/>
    public string Predicts => "which key a full LRU map evicts";

    /// <inheritdoc/>
    public Question Ask(QuestionDraw draw)
    {
        int room = draw.Number(3, 6);
        int[] keys = draw.Numbers(room + 1, 10, 250);
        int[] first = keys[..room];
        List<string> lines =
        [
            CallLine.Create("lru_hash", "m", 1, 1, room),
            CallLine.Of("map_update_batch", ("fd", "m"), ("keys", CallLine.Le(first, 1)), ("values", CallLine.Le(first, 1)), ("count", room)),
        ];
        for (int uses = draw.Number(1, room); uses > 0; uses--)
        {
            (string, object?) key = ("key", CallLine.Le(draw.OneOf(draw.OneOf(first), first[0]), 1));
            lines.Add(draw.Number(0, 2) switch
            {
                0 => CallLine.Of("map_lookup_elem", ("fd", "m"), key),
                1 => CallLine.Of("map_update_elem", ("fd", "m"), key, ("value", CallLine.Le(draw.Number(1, 9), 1))),
                _ => CallLine.Of("helper_map_lookup_elem", ("cpu", draw.Number(0, 3)), ("fd", "m"), key),
            });
        }

        lines.Add(CallLine.Of("map_update_elem", ("fd", "m"), ("key", CallLine.Le(keys[^1], 1)), ("value", CallLine.Le(draw.Number(1, 9), 1))));
        lines.Add(CallLine.Of("map_lookup_batch", ("fd", "m"), ("count", room)));
        return new ScriptQuestion(
            new MachineSettings { Cpus = 4 },
            lines,
            "Which key that was in the map is not among the keys that the last call returns? Answer in decimal.",
            AnswerForm.Number,
            played => Words.N(keys.Single(k => !played.Bytes("keys").Contains((byte)k))),
            _ => "The new key does not fit: the least recently used one goes. An update counts as a use, and so does a look-up by a program; "
                + "a look-up from user mode "
                + "does not.");
    }
}
