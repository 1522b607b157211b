using KernelSim.Tool.Predict.Questions;
using KernelSim.Tool.Story.Traces;

namespace KernelSim.Tool.Predict.Topics;

/// <summary>Where the producer or the consumer of a ring stands: records have a header and padding.</summary>
internal sealed class RingPositionTopic : ITopic
{
    /// <inheritdoc/>
    public string Name => "ring-position";

    /// <inheritdoc/>
    public string Predicts => "where producer and consumer of a ring buffer stand";

    /// <inheritdoc/>
    public Question Ask(QuestionDraw draw)
    {
        List<string> lines = [CallLine.Create("ringbuf", "r", 0, 0, 4096)];
        int writes = draw.Number(2, 5);
        for (int i = 0; i < writes; i++)
        {
            string data = Convert.ToHexStringLower(draw.Bytes(draw.Number(1, 30)));
            lines.Add(draw.Number(0, 1) == 0
                ? CallLine.Of("ring_buffer_map_write", ("fd", "r"), ("data", data))
                : CallLine.Of("helper_ringbuf_output", ("cpu", draw.Number(0, 3)), ("fd", "r"), ("data", data)));
        }

        bool asksForConsumer = draw.Number(0, 1) == 0;
        if (asksForConsumer)
        {
            lines.Insert(draw.Number(2, lines.Count), CallLine.Of("ring_buffer_consume", ("fd", "r"), ("max", draw.Number(1, writes))));
        }

        lines.Add(CallLine.Of("ring_buffer_map_map_buffer", ("fd", "r")));
        string field = asksForConsumer ? "consumer" : "producer";
        return new ScriptQuestion(
            new MachineSettings { Cpus = 4 },
            lines,
            $"Which offset of the {field} does the last line show?",
            AnswerForm.Number,
            played => Words.N(played.Number(field)),
            played => $"A record takes a header of 8 bytes and its data, padded to 8. The producer stands at {played.Number("producer")}, "
                + "behind the last record; the "
                + $"consumer at {played.Number("consumer")}, behind the records that have been read.");
    }
}
