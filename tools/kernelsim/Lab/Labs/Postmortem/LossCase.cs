using KernelSim.Tool.Lab.Grading.Answers;
using KernelSim.Tool.Lab.Grading.Scripts;

namespace KernelSim.Tool.Lab.Labs.Postmortem;

/// <summary>A program whose report lacks elements although no call failed: where they went.</summary>
internal sealed class LossCase : PostmortemTask
{
    private const int ValueSize = 8;
    private const int KeyDigits = 8;

    /// <inheritdoc/>
    public override string Name => "loss";

    /// <inheritdoc/>
    public override string Title => "a program whose report is too short";

    /// <inheritdoc/>
    public override int Points => 35;

    /// <inheritdoc/>
    public override BrokenProgram Draw(ulong seed)
    {
        LabSeed draw = new(seed, "postmortem/loss");
        int written = draw.Number(18, 40);
        int page = draw.Number(4, 7);
        string cause = draw.OneOf(["stops-early", "restarts", "same-keys", "evicted"]);
        int different = cause == "same-keys" ? draw.Number(9, written - 4) : written;
        int entries = cause == "evicted" ? draw.Number(9, written - 4) : 64;
        List<string> lines = [Create("flows", cause == "evicted" ? "lru_hash" : "hash", ValueSize, entries)];
        for (int i = 0; i < written;)
        {
            int count = Math.Min(draw.Number(2, 9), written - i);
            lines.Add(Update("flows", Keys(Enumerable.Range(i, count).Select(n => n % different)), count * ValueSize, count));
            i += count;
        }

        int held = Math.Min(different, entries);
        int needed = (held / page) + 1;
        int pages = cause == "stops-early" ? draw.Number(1, Math.Max(1, (held / page) - 1)) : needed;
        for (int i = 0; i < pages; i++)
        {
            string cursor = i == 0 || cause == "restarts" ? "start" : "next";
            lines.Add($$"""{"op":"map_lookup_batch","fd":"flows","count":{{page}},"cursor":"{{cursor}}"}""");
        }

        return new BrokenProgram(new ScriptInput(lines) { Seed = seed }, cause);
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<AnswerField> Diagnose(BrokenProgram broken, ScriptFacts facts)
    {
        long written = facts.Calls.Where(c => c.Op == "map_update_batch").Sum(c => c.Number("count") ?? 0);
        int read = facts.Calls
            .Where(c => c.Op == "map_lookup_batch")
            .SelectMany(c => (c.Text("keys") ?? "").Chunk(KeyDigits).Select(k => new string(k)))
            .Distinct()
            .Count();
        return
        [
            new("written", 7, Text(written), "the elements that updates passed, repeated ones each time", $"{Events} --event ApiCallStop"),
            new("held", 9, Text(facts.Map("flows")!.Elements.Count), "the elements of the map at the end", $"{Events} --event ApiCallStop"),
            new("read", 9, Text(read), "the different elements that the program received", $"{Events} --event ApiCallStop --event IoctlStart"),
            new(
                "cause",
                10,
                broken.Cause,
                "one of \"stops-early\", \"restarts\", \"same-keys\", \"evicted\"",
                $"{Events} --event MapCreate --event IoctlStart"),
        ];
    }
}
