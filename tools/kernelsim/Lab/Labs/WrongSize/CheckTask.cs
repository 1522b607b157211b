using KernelSim.Tool.Lab.Grading.Judging;
using KernelSim.Tool.Lab.Grading.Scripts;
using KernelSim.Tool.Lab.Grading.Sources;
using KernelSim.UserMode;

namespace KernelSim.Tool.Lab.Labs.WrongSize;

/// <summary>Writes the check that would have refused a buffer, and no other.</summary>
internal sealed class CheckTask : SourceTask
{
    /// <summary>The student's source.</summary>
    public const string SourceFile = "WrongSize.cs";

    /// <summary>The student's class.</summary>
    public const string ClassName = "WrongSize";

    private const string Method = "Refuses";
    private const string Example = "check.jsonl";
    private const string Refusing = "api.lookup_batch.values_size";
    private const int Cases = 3;

    /// <summary>Keys of one byte for so many elements take the largest block that a program gets.</summary>
    private const int ManyElements = 1 << 26;

    /// <inheritdoc/>
    public override string Name => "check";

    /// <inheritdoc/>
    public override string Title => "the check that was missing";

    /// <inheritdoc/>
    public override string File => SourceFile;

    /// <inheritdoc/>
    public override int Points => 30;

    /// <inheritdoc/>
    protected override void Judge(TaskRun run, string library, Verdict verdict)
    {
        LabSeed draw = new(run.Seed, "wrong-size/check");
        Judge(run, library, verdict, [.. Enumerable.Range(0, Cases).SelectMany(_ => Around(draw))], 20);

        // The needed size is 2^32 bytes or a little more, which 32 bits cannot say.
        SizedBatch many = new(1, 8, draw.OneOf([8, 9, 10]), ManyElements, IsPerCpu: true, draw.Number(64, 4096));
        Judge(run, library, verdict, [many], 10);
    }

    private static void Judge(TaskRun run, string library, Verdict verdict, IReadOnlyList<SizedBatch> batches, int points)
    {
        if (Call(
            run,
            library,
            ClassName,
            Method,
            batches.Select(b => (object[])[b.ValueSize, b.Cpus, b.Count, b.IsPerCpu, b.ValuesBytes]),
            verdict) is not { } said)
        {
            return;
        }

        for (int i = 0; i < batches.Count; i++)
        {
            if (!run.Hosts.Run(new ScriptJob(), batches[i].Script(LibraryVersion.Checked), out ScriptFacts? facts, out string problem))
            {
                verdict.Require(0, isMet: false, "the machine makes the call", problem, "", "kernelsim doctor");
                return;
            }

            bool isRefused = facts!.Calls[^1].Refusal?.Check == Refusing;
            if (!verdict.Require(
                i == batches.Count - 1 ? points : 0,
                said[i] == (isRefused ? bool.TrueString : bool.FalseString),
                $"{Method} of {batches[i]}",
                said[i],
                isRefused ? bool.TrueString : bool.FalseString,
                $"kernelsim explain {Refusing}; {batches[i].Command(Example)}"))
            {
                batches[i].Leave(run, Example);
                return;
            }
        }
    }

    /// <summary>A buffer of the right size or more, and one that is too small by a byte, or as somebody would size it who forgot something.</summary>
    private static IEnumerable<SizedBatch> Around(LabSeed draw)
    {
        SizedBatch batch = new(4, draw.Number(1, 40), draw.Number(2, 12), draw.Number(1, 60), draw.Number(0, 3) > 0, 0);
        long right = batch.Total * batch.Count;
        yield return batch with { ValuesBytes = right - draw.OneOf([1, batch.ValueSize, right - ((long)batch.ValueSize * batch.Count)]) };
        yield return batch with { ValuesBytes = right };
        yield return batch with { ValuesBytes = right - 1 };
        yield return batch with { ValuesBytes = right + draw.Number(1, 64) };
    }
}
