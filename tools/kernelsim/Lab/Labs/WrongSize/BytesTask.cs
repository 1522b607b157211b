using System.Globalization;
using KernelSim.Tool.Lab.Grading.Judging;
using KernelSim.Tool.Lab.Grading.Scripts;
using KernelSim.Tool.Lab.Grading.Sources;
using KernelSim.UserMode;

namespace KernelSim.Tool.Lab.Labs.WrongSize;

/// <summary>Predicts the bytes that a batch look-up writes, which the ledger of real runs has.</summary>
internal sealed class BytesTask : SourceTask
{
    private const string Method = "BytesTouched";
    private const string Example = "bytes.jsonl";
    private const int Cases = 3;

    /// <inheritdoc/>
    public override string Name => "bytes";

    /// <inheritdoc/>
    public override string Title => "the bytes that a batch look-up writes, predicted";

    /// <inheritdoc/>
    public override string File => CheckTask.SourceFile;

    /// <inheritdoc/>
    public override int Points => 25;

    /// <inheritdoc/>
    protected override void Judge(TaskRun run, string library, Verdict verdict)
    {
        LabSeed draw = new(run.Seed, "wrong-size/bytes");
        Judge(run, library, verdict, [.. Enumerable.Range(0, Cases).Select(_ => Draw(draw, isPerCpu: false))], 8);
        Judge(run, library, verdict, [.. Enumerable.Range(0, Cases).Select(_ => Draw(draw, isPerCpu: true))], 17);
    }

    private static void Judge(TaskRun run, string library, Verdict verdict, IReadOnlyList<SizedBatch> batches, int points)
    {
        if (Call(
            run,
            library,
            CheckTask.ClassName,
            Method,
            batches.Select(b => (object[])[b.KeySize, b.ValueSize, b.Cpus, b.Count, b.IsPerCpu]),
            verdict) is not { } predicted)
        {
            return;
        }

        for (int i = 0; i < batches.Count; i++)
        {
            if (!run.Hosts.Run(new ScriptJob(), batches[i].Script(LibraryVersion.Upstream), out ScriptFacts? facts, out string problem))
            {
                verdict.Require(0, isMet: false, "the machine makes the call", problem, "", "kernelsim doctor");
                return;
            }

            long written = facts!.Calls[^1].Copies.Where(c => c.Stage == "Unmarshal").Sum(c => c.Bytes);
            string expected = written.ToString(CultureInfo.InvariantCulture);
            SizedBatch batch = batches[i];
            string look = $"the copies of the stage Unmarshal in: kernelsim trace tail --event Copy -- {batch.Command(Example)}";
            if (!verdict.Require(
                i == batches.Count - 1 ? points : 0, predicted[i] == expected, $"{Method} of {batch}", predicted[i], expected, look))
            {
                batch.Leave(run, Example);
                return;
            }
        }
    }

    private static SizedBatch Draw(LabSeed draw, bool isPerCpu)
    {
        SizedBatch batch = new(draw.Number(1, 16), draw.Number(1, 40), draw.Number(1, 12), draw.Number(1, 60), isPerCpu, 0);
        return batch with { ValuesBytes = batch.Total * batch.Count };
    }
}
