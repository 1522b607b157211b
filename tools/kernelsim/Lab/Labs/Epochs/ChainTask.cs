using KernelSim.Tool.Lab.Grading.Judging;
using KernelSim.Tool.Lab.Grading.Sources;

namespace KernelSim.Tool.Lab.Labs.Epochs;

/// <summary>A task in the student's chain, judged by all schedules of some calls.</summary>
internal abstract class ChainTask : SourceTask
{
    /// <summary>The first key that is not among the elements of a chain.</summary>
    protected const uint FreshKey = 1000;

    /// <inheritdoc/>
    public sealed override string File => ChainRuns.SourceFile;

    /// <inheritdoc/>
    protected sealed override IReadOnlyList<string> Given => ChainRuns.Given;

    private string LogFile => $"{Name}.log";

    /// <inheritdoc/>
    protected sealed override void Judge(TaskRun run, string library, Verdict verdict)
    {
        string look = $"{File}; 'lab check' leaves what each step did in {LabFolder.OutputFolder}/{LogFile}";
        if (!ChainRuns.Explore(run, library, Draw(new LabSeed(run.Seed, $"epochs/{Name}")), out ExploreFacts? facts, out string problem))
        {
            verdict.Require(0, isMet: false, "the schedules are played", problem, "", look);
            return;
        }

        if (!verdict.Require(Points, facts!.Problem is null, $"in schedule {facts.Played}", facts.Problem ?? "", "", look))
        {
            run.Leave(LogFile, string.Join('\n', facts.Log.Append(facts.Problem!)));
        }
    }

    /// <summary>Draws the calls of a seed.</summary>
    protected internal abstract IReadOnlyList<ChainTrial> Draw(LabSeed draw);

    /// <summary>Draws elements with different keys and values, in the order in which they are inserted.</summary>
    protected static IReadOnlyList<ChainWrite> Elements(LabSeed draw, int count)
    {
        IReadOnlyList<int> keys = draw.Some([.. Enumerable.Range(1, (int)FreshKey - 1)], count);
        IReadOnlyList<int> values = draw.Some([.. Enumerable.Range(1, 9999)], count);
        return [.. keys.Zip(values, (k, v) => new ChainWrite(ChainWrite.Put, (uint)k, (ulong)v))];
    }

    /// <summary>An update with a key and a value that no element has.</summary>
    protected static ChainWrite Fresh(LabSeed draw, uint number) => new(ChainWrite.Put, FreshKey + number, (ulong)draw.Number(10_000, 99_999));

    /// <summary>The deletion of an element.</summary>
    protected static ChainWrite Deletion(ChainWrite element) => new(ChainWrite.Delete, element.Key, 0);
}
