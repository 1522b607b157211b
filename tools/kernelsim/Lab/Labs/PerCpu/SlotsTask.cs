using System.Buffers.Binary;
using System.Globalization;
using KernelSim.LabScripts;
using KernelSim.Tool.Lab.Grading.Answers;
using KernelSim.Tool.Lab.Grading.Judging;
using KernelSim.Tool.Lab.Grading.Scripts;

namespace KernelSim.Tool.Lab.Labs.PerCpu;

/// <summary>Predicts which bytes, slots and totals a script reads.</summary>
internal sealed class SlotsTask : AnswersTask
{
    /// <inheritdoc/>
    public override string Name => "slots";

    /// <inheritdoc/>
    public override string Title => "which bytes, which slot, which total";

    /// <inheritdoc/>
    public override string File => "slots-answers.json";

    /// <inheritdoc/>
    public override int Points => 20;

    /// <inheritdoc/>
    protected override bool TryFindAnswers(TaskRun run, out IReadOnlyList<AnswerField> fields, out string problem)
    {
        SlotsQuestion question = new(run.Folder.Seed);
        fields = [];
        if (!run.Hosts.Run(new ScriptJob(), question.Input, out ScriptFacts? facts, out problem))
        {
            return false;
        }

        string[] read = [.. facts!.Calls.TakeLast(5).Select(c => c.Text("value") ?? "")];
        (string shared, string slots, string idle) = (read[0], read[1], read[4]);

        // The numbers of the writers differ: a slot is found by what its CPU sees.
        string mark = facts.Calls.Last(c => c.Op == "helper_map_update_elem" && c.Cpu == question.Offset).Value!;
        int slot = slots.Length / question.Input.Cpus;
        int offset = Enumerable.Range(0, question.Input.Cpus).First(i => slots.Substring(i * slot, mark.Length) == mark) * slot / 2;
        string command = $"kernelsim script {SlotsQuestion.ScriptFile} --cpus {question.Input.Cpus}";
        fields =
        [
            new("shared_number", 3, Text(Number(shared)), "the number in the shared value at the end", $"who wrote last? {command}"),
            new("shared_bytes", 3, Text(shared.Length / 2), "the bytes that user mode receives for the shared value", command),
            new("slots_bytes", 4, Text(slots.Length / 2), "the bytes that user mode receives for the per-CPU value", $"README.md, {command}"),
            new(
                "slot_offset",
                4,
                Text(offset),
                $"where the slot of CPU {question.Offset} begins in those, from 0",
                $"README.md, {command}"),
            new("idle_sees", 3, Text(Number(idle)), $"the number that a program on CPU {question.Idle} sees in the per-CPU map", command),
            new(
                "total",
                3,
                Text(Convert.FromHexString(slots).Chunk(slot / 2).Sum(s => Number(Hex.Of(s)))),
                "the sum of the numbers in all slots",
                $"CPU {question.Again} wrote twice; {command}"),
        ];
        return true;
    }

    private static long Number(string value) => BinaryPrimitives.ReadUInt32LittleEndian(Convert.FromHexString(value));

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
