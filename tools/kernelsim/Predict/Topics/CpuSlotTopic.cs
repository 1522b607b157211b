using KernelSim.Tool.Predict.Questions;

namespace KernelSim.Tool.Predict.Topics;

/// <summary>What a program sees on one CPU after programs on others, and user mode, have written.</summary>
internal sealed class CpuSlotTopic : ITopic
{
    private const int ValueBytes = 8;

    /// <inheritdoc/>
    public string Name => "cpu-slot";

    /// <inheritdoc/>
    public string Predicts => "which number a program on one CPU sees";

    /// <inheritdoc/>
    public Question Ask(QuestionDraw draw)
    {
        int cpus = draw.Number(2, 6);
        bool isPerCpu = draw.Number(0, 3) > 0;
        int seen = draw.Number(0, cpus - 1);
        (string, object?) key = ("key", CallLine.Le(1, 4));
        string type = isPerCpu ? draw.OneOf("percpu_array", "percpu_hash") : draw.OneOf("array", "hash");
        List<string> lines = [CallLine.Create(type, "m", 4, ValueBytes, 4)];
        int writes = draw.Number(2, 5);
        for (int i = 0; i < writes; i++)
        {
            bool fromUserMode = draw.Number(0, 3) == 0;
            lines.Add(fromUserMode
                ? CallLine.Of(
                    "map_update_elem",
                    ("fd", "m"),
                    key,
                    ("value", CallLine.Le(draw.Numbers(isPerCpu ? cpus : 1, 1000, 9999), ValueBytes)))
                : CallLine.Of(
                    "helper_map_update_elem",
                    ("cpu", draw.OneOf(seen, draw.Number(0, cpus - 1))),
                    ("fd", "m"),
                    key,
                    ("value", CallLine.Le(draw.Number(1000, 9999), ValueBytes))));
        }

        lines.Add(CallLine.Of("helper_map_lookup_elem", ("cpu", seen), ("fd", "m"), key));
        return new ScriptQuestion(
            new MachineSettings { Cpus = cpus },
            lines,
            $"A program on CPU {seen} looks the key up in the last line. Which number does it read, in decimal? Numbers are little endian.",
            AnswerForm.Number,
            played => played.LittleEndian("value", 0, ValueBytes),
            _ => isPerCpu
                ? $"Each CPU has a slot of its own. A program writes and reads the slot of the CPU that it runs on; an update from user mode "
                    + "writes all slots, "
                    + $"CPU by CPU, {ValueBytes} bytes each. The last write to the slot of CPU {seen} counts; a slot that nobody has written is 0."
                : "The map is not per CPU: all CPUs share one value, and the last write counts, whoever made it.");
    }
}
