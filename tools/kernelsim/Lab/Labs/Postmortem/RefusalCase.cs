using KernelSim.Tool.Lab.Grading.Answers;
using KernelSim.Tool.Lab.Grading.Scripts;

namespace KernelSim.Tool.Lab.Labs.Postmortem;

/// <summary>A program that gets an error among others that it expects: which check refused which call, with which numbers.</summary>
internal sealed class RefusalCase : PostmortemTask
{
    private const int ValueSize = 16;

    /// <inheritdoc/>
    public override string Name => "refusal";

    /// <inheritdoc/>
    public override string Title => "a program that gets an error";

    /// <inheritdoc/>
    public override int Points => 35;

    /// <inheritdoc/>
    public override BrokenProgram Draw(ulong seed)
    {
        LabSeed draw = new(seed, "postmortem/refusal");
        int entries = draw.Number(6, 12);
        int stored = draw.Number(3, entries - 1);
        int wrong = draw.Number(1, ValueSize - 1);
        string refused = draw.OneOf<string>(
        [
            $$"""{"op":"map_update_elem","fd":"hosts","key":"{{Keys([1])}}","value":"{{Zeros(ValueSize)}}","flags":{{draw.Number(3, 9)}}}""",
            $$"""{"op":"map_update_elem","fd":"hosts","key":"{{Keys([1])}}","value":"{{Zeros(wrong)}}"}""",
            $$"""{"op":"map_update_elem","fd":"slots","key":"{{Keys([entries + wrong - 1])}}","value":"{{Zeros(4)}}"}""",
            Update("hosts", Keys(Enumerable.Range(1, 3)), (3 * ValueSize) - wrong, 3),
            $$"""{"op":"map_delete_batch","fd":"hosts","keys":"{{Keys(Enumerable.Range(1, 3))}}","count":{{draw.Number(4, 9)}}}""",
            $$"""{"op":"gate_ioctl","message":"08000000{{draw.Number(46, 200):x2}}000000","reply_size":16}""",
        ]);
        List<string> lines =
        [
            Create("hosts", "hash", ValueSize, entries),
            Create("seen", "hash", 4, 64),
            Create("slots", "array", 4, entries),
            Update("hosts", Keys(Enumerable.Range(1, stored)), stored * ValueSize, stored),
        ];

        // Answers that a program expects: a key that is not there, one that is there already.
        int noise = draw.Number(3, 7);
        for (int i = 0; i < noise; i++)
        {
            lines.Add(draw.OneOf<string>(
            [
                $$"""{"op":"map_lookup_elem","fd":"seen","key":"{{Keys([500 + i])}}"}""",
                $$"""{"op":"map_delete_elem","fd":"seen","key":"{{Keys([500 + i])}}"}""",
                $$"""{"op":"map_update_elem","fd":"hosts","key":"{{Keys([1])}}","value":"{{Zeros(ValueSize)}}","flags":1}""",
                $$"""{"op":"map_update_elem","fd":"seen","key":"{{Keys([i])}}","value":"{{Zeros(4)}}"}""",
            ]));
        }

        lines.Insert(draw.Number(4, lines.Count), refused);
        return new BrokenProgram(new ScriptInput(lines) { Cpus = draw.Number(2, 8), Seed = seed }, "");
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<AnswerField> Diagnose(BrokenProgram broken, ScriptFacts facts)
    {
        ScriptCallFact refused = facts.Calls.Single(c => c.Refusal is not null);
        return
        [
            new("request", 8, Text((long)refused.Request), "the number of the request that a check refused", $"{Events} --level warning"),
            new("check", 10, refused.Refusal!.Check, "the id of the check", $"{Events} --level warning"),
            new("given", 6, Text(refused.Refusal.Given ?? 0), "the number that the program gave", $"{Why} --request N"),
            new("expected", 6, Text(refused.Refusal.Expected ?? 0), "the number that the check compares it with", $"{Why} --request N"),
            new("errno", 5, refused.Errno!, "the errno that the program saw, by name", $"{Why} --request N"),
        ];
    }
}
