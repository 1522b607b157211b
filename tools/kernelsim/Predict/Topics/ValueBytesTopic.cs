using KernelSim.Protocol;
using KernelSim.Tool.Predict.Questions;
using KernelSim.Tool.Story.Traces;

namespace KernelSim.Tool.Predict.Topics;

/// <summary>The size of a value as user mode sees it: one slot for each possible CPU, or just the value.</summary>
internal sealed class ValueBytesTopic : ITopic
{
    /// <inheritdoc/>
    public string Name => "value-bytes";

    /// <inheritdoc/>
    public string Predicts => "how many bytes of a value, or of a batch of values, a program gets";

    /// <inheritdoc/>
    public Question Ask(QuestionDraw draw)
    {
        BpfMapType type = draw.OneOf(
            BpfMapType.PercpuArray, BpfMapType.PercpuArray, BpfMapType.PercpuHash, BpfMapType.LruPercpuHash, BpfMapType.Array, BpfMapType.Hash);
        int size = draw.Number(1, 40);
        int cpus = draw.OneOf(2, 3, 4, 6, 8, 12, 16);
        bool isArray = type is BpfMapType.PercpuArray or BpfMapType.Array;
        int entries = draw.Number(3, 20);
        List<string> lines = [CallLine.Create(BpfMapTypeNames.NameOf(type)!, "m", 4, size, entries)];
        string field = "value";
        if (isArray && draw.Number(0, 1) == 0)
        {
            field = "values";
            lines.Add(CallLine.Of("map_lookup_batch", ("fd", "m"), ("count", draw.Number(2, entries))));
        }
        else
        {
            (string, object?) key = ("key", CallLine.Le(1, 4));
            string value = CallLine.Le(draw.Number(1, 99), size);
            lines.Add(CallLine.Of("helper_map_update_elem", ("cpu", draw.Number(0, cpus - 1)), ("fd", "m"), key, ("value", value)));
            lines.Add(CallLine.Of("map_lookup_elem", ("fd", "m"), key));
        }

        PerCpuLayout.TryCreate(type, (uint)size, cpus, out PerCpuLayout layout);
        return new ScriptQuestion(
            new MachineSettings { Cpus = cpus },
            lines,
            $"How many bytes does the last call write to \"{field}\"?",
            AnswerForm.Number,
            played => Words.N(played.Bytes(field).Length),
            played => (field == "values" ? $"The call returns {Words.Of(played.Number("count"), "element")}. " : "")
                + (layout.SlotCount > 1
                    ? $"The map is per CPU: a value has a slot for every possible CPU, each padded to 8 bytes, {Words.Formula(layout)}."
                    : $"The map is not per CPU: a value has the {Words.Of(size, "byte")} that it was created with."));
    }
}
