using KernelSim.Protocol;
using KernelSim.Tool.Predict.Questions;
using KernelSim.Tool.Story.Traces;

namespace KernelSim.Tool.Predict.Topics;

/// <summary>Where in the buffer of a batch the slot of an element and a CPU lies.</summary>
internal sealed class ValuesOffsetTopic : ITopic
{
    private const int NumberBytes = 4;

    /// <inheritdoc/>
    public string Name => "values-offset";

    /// <inheritdoc/>
    public string Predicts => "which bytes lie at an offset of the buffer of values";

    /// <inheritdoc/>
    public Question Ask(QuestionDraw draw)
    {
        int cpus = draw.Number(2, 5);
        int entries = draw.Number(2, 4);
        int size = draw.OneOf(4, 5, 6, 8, 12, 13, 16);
        int writes = draw.Number(3, 6);
        (int Index, int Cpu)[] places = draw.Some([.. Places(entries, cpus)], Math.Min(writes, entries * cpus));
        List<string> lines = [CallLine.Create("percpu_array", "m", 4, size, entries)];
        foreach ((int index, int cpu) in places)
        {
            lines.Add(CallLine.Of(
                "helper_map_update_elem",
                ("cpu", cpu),
                ("fd", "m"),
                ("key", CallLine.Le(index, 4)),
                ("value", CallLine.Le(draw.Number(1000, 9999), size))));
        }

        lines.Add(CallLine.Of("map_lookup_batch", ("fd", "m"), ("count", entries)));
        PerCpuLayout.TryCreate(BpfMapType.PercpuArray, (uint)size, cpus, out PerCpuLayout layout);
        (int Index, int Cpu) asked = draw.OneOf<(int, int)>(places);
        int offset = (asked.Index * (int)layout.Total) + (asked.Cpu * (int)layout.Stride);
        return new ScriptQuestion(
            new MachineSettings { Cpus = cpus },
            lines,
            $"Read as a little-endian number, what are the {NumberBytes} bytes from offset {offset} of \"values\" of the last call? Answer "
                + "in decimal.",
            AnswerForm.Number,
            played => played.LittleEndian("values", offset, NumberBytes),
            _ => $"A value takes {Words.Formula(layout)} = {layout.Total} bytes, so offset {offset} lies in the value of element "
                + $"{offset / layout.Total}, "
                + $"and {offset % layout.Total} bytes into it the slot of CPU {offset % layout.Total / layout.Stride} begins.");
    }

    private static IEnumerable<(int Index, int Cpu)> Places(int entries, int cpus) =>
        Enumerable.Range(0, entries).SelectMany(index => Enumerable.Range(0, cpus).Select(cpu => (index, cpu)));
}
