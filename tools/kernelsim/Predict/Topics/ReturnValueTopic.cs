using KernelSim.Tool.Predict.Questions;

namespace KernelSim.Tool.Predict.Topics;

/// <summary>Which errno a call returns, if any.</summary>
internal sealed class ReturnValueTopic : ITopic
{
    private const int New = 1;
    private const int Existing = 2;

    private static readonly Func<QuestionDraw, IReadOnlyList<string>>[] s_scripts =
    [
        AnyElement,
        AnyElement,
        AnyElement,
        ElementOfArray,
        Queue,
        ClosedDescriptor,
        PerCpuUpdateOfOneValue,
        OperationThatTheTypeLacks,
        OlderBatch,
        EndOfKeys,
    ];

    /// <inheritdoc/>
    public string Name => "return-value";

    /// <inheritdoc/>
    public string Predicts => "what a call returns: success, or which errno";

    /// <inheritdoc/>
    public Question Ask(QuestionDraw draw) => new ScriptQuestion(
        new MachineSettings { Cpus = draw.OneOf(2, 4, 8) },
        draw.OneOf(s_scripts)(draw),
        "What does the last call return?",
        AnswerForm.Return,
        played => played.Returned,
        Because);

    private static string Because(PlayedScript played) => played switch
    {
        { Check: { Length: > 0 } check } => RefusalWords.Of(played, check),
        { Returned: "0" } => "Nothing refuses it: the flags allow the key as it is, and every size is the one that the map has.",
        { Request: { Ioctls: [.., { Stop: { } stop }] } } =>
            $"No check refuses it: the driver looks for the element and completes the request with {stop.Status}, which the library turns into "
                + $"{played.Returned}.",
        _ => $"No check refuses it; the call ends with {played.Returned}.",
    };

    /// <summary>A key that is there or not, a flag that wants it or not.</summary>
    private static IReadOnlyList<string> AnyElement(QuestionDraw draw)
    {
        string type = draw.OneOf("hash", "lru_hash");
        int size = draw.OneOf(1, 2, 4, 8);
        int[] keys = draw.Numbers(3, 1, 200);
        int key = draw.OneOf(keys);
        (string, object?) at = ("key", CallLine.Le(key, 4));
        (string, object?) value = ("value", CallLine.Le(draw.Number(1, 99), size));
        return
        [
            CallLine.Create(type, "m", 4, size, draw.Number(4, 64)),
            CallLine.Of("map_update_elem", ("fd", "m"), ("key", CallLine.Le(keys[0], 4)), value),
            CallLine.Of("map_update_elem", ("fd", "m"), ("key", CallLine.Le(keys[1], 4)), value, ("flags", draw.OneOf<object?>(null, New))),
            CallLine.Of("map_delete_elem", ("fd", "m"), ("key", CallLine.Le(keys[draw.Number(0, 1)], 4))),
            draw.Number(0, 4) switch
            {
                0 => CallLine.Of("map_delete_elem", ("fd", "m"), at),
                1 => CallLine.Of("map_lookup_elem", ("fd", "m"), at),
                2 => CallLine.Of("map_lookup_and_delete_elem", ("fd", "m"), at),
                _ => CallLine.Of("map_update_elem", ("fd", "m"), at, value, ("flags", draw.OneOf(New, Existing))),
            },
        ];
    }

    private static IReadOnlyList<string> ElementOfArray(QuestionDraw draw)
    {
        int entries = draw.Number(2, 9);
        (string, object?) key = ("key", CallLine.Le(draw.Number(entries - 2, entries + 1), 4));
        string create = CallLine.Create("array", "a", 4, 4, entries);
        (string, object?) value = ("value", CallLine.Le(draw.Number(1, 99), 4));
        return draw.Number(0, 2) switch
        {
            0 => [create, CallLine.Of("map_lookup_elem", ("fd", "a"), key)],
            1 => [create, CallLine.Of("map_delete_elem", ("fd", "a"), key)],
            _ => [create, CallLine.Of("map_update_elem", ("fd", "a"), key, value, ("flags", draw.OneOf<object?>(null, New, Existing)))],
        };
    }

    private static List<string> Queue(QuestionDraw draw)
    {
        int room = draw.Number(1, 3);
        int pushed = draw.Number(0, room + 1);
        List<string> lines = [CallLine.Create(draw.OneOf("queue", "stack"), "q", 0, 4, room)];
        lines.AddRange(Enumerable.Range(1, pushed).Select(_ => Push(draw, null)));
        lines.Add(draw.Number(0, 3) switch
        {
            0 => CallLine.Of("map_lookup_elem", ("fd", "q")),
            1 => CallLine.Of("map_lookup_and_delete_elem", ("fd", "q")),
            _ => Push(draw, draw.OneOf<object?>(null, Existing)),
        });
        return lines;
    }

    private static string Push(QuestionDraw draw, object? flags) =>
        CallLine.Of("map_update_elem", ("fd", "q"), ("value", CallLine.Le(draw.Number(1, 99), 4)), ("flags", flags));

    private static IReadOnlyList<string> ClosedDescriptor(QuestionDraw draw)
    {
        string[] names = draw.Some(["a", "b", "c"], 2);
        return
        [
            CallLine.Create("hash", names[0], 4, 4, draw.Number(2, 9)),
            CallLine.Create("array", names[1], 4, 4, draw.Number(2, 9)),
            CallLine.Of("close", ("fd", draw.OneOf(names))),
            CallLine.Of("map_lookup_elem", ("fd", draw.OneOf(names)), ("key", CallLine.Le(1, 4))),
        ];
    }

    private static IReadOnlyList<string> PerCpuUpdateOfOneValue(QuestionDraw draw)
    {
        int size = draw.OneOf(4, 8, 16);
        string type = draw.OneOf("percpu_hash", "hash", "percpu_array");
        return
        [
            CallLine.Create(type, "m", 4, size, draw.Number(3, 9)),
            CallLine.Of("map_update_elem", ("fd", "m"), ("key", CallLine.Le(1, 4)), ("value", CallLine.Le(draw.Number(1, 99), size))),
        ];
    }

    private static IReadOnlyList<string> OperationThatTheTypeLacks(QuestionDraw draw)
    {
        string type = draw.OneOf("queue", "stack", "ringbuf");
        return
        [
            CallLine.Create(type, "q", 0, type == "ringbuf" ? 0 : 4, type == "ringbuf" ? 4096 : draw.Number(2, 9)),
            draw.OneOf(
                CallLine.Of("map_delete_elem", ("fd", "q")),
                CallLine.Of("map_get_next_key", ("fd", "q")),
                CallLine.Of("map_lookup_elem", ("fd", "q")),
                CallLine.Of("map_lookup_batch", ("fd", "q"), ("count", draw.Number(2, 9)))),
        ];
    }

    private static IReadOnlyList<string> OlderBatch(QuestionDraw draw)
    {
        int entries = draw.Number(2, 6);
        return
        [
            CallLine.Create("array", "a", 4, 4, entries),
            CallLine.Of("map_lookup_batch", ("fd", "a"), ("count", draw.OneOf(entries, entries - 1, entries + 1))),
            CallLine.Of("map_lookup_batch", ("fd", "a"), ("count", entries), ("cursor", "next")),
        ];
    }

    private static IReadOnlyList<string> EndOfKeys(QuestionDraw draw)
    {
        int entries = draw.Number(2, 6);
        return
        [
            CallLine.Create("array", "a", 4, 4, entries),
            CallLine.Of("map_get_next_key", ("fd", "a"), ("key", CallLine.Le(draw.Number(entries - 2, entries), 4))),
        ];
    }
}
