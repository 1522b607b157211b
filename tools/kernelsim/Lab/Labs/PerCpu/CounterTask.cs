using System.Globalization;
using KernelSim.Tool.Lab.Grading.Judging;
using KernelSim.Tool.Lab.Grading.Sources;

namespace KernelSim.Tool.Lab.Labs.PerCpu;

/// <summary>A program in C# that counts packets, packet by packet, in the middle of another run, and on all processors at once.</summary>
internal abstract class CounterTask : SourceTask
{
    /// <summary>The student's source.</summary>
    public const string SourceFile = "Counters.cs";

    private const int Repeats = 200;

    /// <inheritdoc/>
    public sealed override string File => SourceFile;

    /// <summary>The student's class.</summary>
    protected abstract string Class { get; }

    /// <summary>bpftool's names of the types that its map may have.</summary>
    protected abstract IReadOnlyList<string> MapTypes { get; }

    /// <summary>Points for counting packet by packet, for counting in the middle of another run, and for counting at once.</summary>
    protected abstract (int Alone, int Between, int AtOnce) Parts { get; }

    /// <summary>Draws packets for a counter.</summary>
    /// <param name="run">The folder and the seed.</param>
    /// <param name="purpose">What for.</param>
    /// <param name="file">Full path of the library or object that counts.</param>
    /// <param name="name">The class; null for an object.</param>
    public static CounterInput Draw(TaskRun run, string purpose, string file, string? name)
    {
        LabSeed draw = new(run.Seed, purpose);
        int cpus = draw.Number(3, 6);
        IReadOnlyList<int> busy = draw.Some([.. Enumerable.Range(0, cpus)], cpus - 1);

        // The first two are runts on two processors, so that each of the three numbers has something to lose.
        IEnumerable<CountedPacket> first = busy.Take(2).Select(c => new CountedPacket(c, draw.Number(20, PacketCount.LeastFrame - 1)));
        const int Least = PacketCount.LeastFrame;
        IEnumerable<CountedPacket> others = Enumerable.Range(0, draw.Number(8, 20))
            .Select(_ => new CountedPacket(draw.OneOf(busy), draw.OneOf([Least - 1, Least, draw.Number(20, 1514)])));
        return new CounterInput(file, name, [.. first, .. others])
        {
            Cpus = cpus,
            Repeats = Repeats,
            Seed = run.Seed,
        };
    }

    /// <summary>Takes what every counter has to do.</summary>
    /// <param name="input">The packets.</param>
    /// <param name="facts">What the program did with them.</param>
    /// <param name="parts">Points for each part.</param>
    /// <param name="verdict">Takes the expectations.</param>
    /// <param name="look">Where to look.</param>
    public static void Judge(CounterInput input, CounterFacts facts, (int Alone, int Between, int AtOnce) parts, Verdict verdict, string look)
    {
        verdict.RequireEqual(0, "bytes of a value of the map", facts.ValueSize, PacketCount.ValueSize, look);
        verdict.Require(
            parts.Alone,
            facts.Total == input.Total,
            "packets one after the other",
            $"{facts.Total}",
            $"{input.Total}",
            $"{look}; a runt has fewer than {PacketCount.LeastFrame} bytes");
        if (!verdict.Require(0, facts.Stops > 0, "the program can be stopped", "no step", "a program that does something", look))
        {
            return;
        }

        LossFact loss = facts.Loss ?? new LossFact(0, "", PacketCount.None, PacketCount.None);
        string step = loss.Step.ToString(CultureInfo.InvariantCulture);
        string place = loss.Place.Length > 0 ? $", {loss.Place}" : "";
        verdict.Require(
            parts.Between,
            facts.Loss is null,
            $"a packet on CPU {input.Packets[1].Cpu} while the program on CPU {input.Packets[0].Cpu} is stopped at its step {step}{place}",
            $"{loss.Given}",
            $"{loss.Expected}",
            $"{look}; what has been read when the other packet comes, and is written afterwards?");
        verdict.Require(
            parts.AtOnce,
            facts.AtOnce == input.Total * (input.Cpus * input.Repeats),
            $"packets on {input.Cpus} CPUs at once",
            $"{facts.AtOnce}",
            $"{input.Total * (input.Cpus * input.Repeats)}",
            look);
    }

    /// <inheritdoc/>
    protected sealed override void Judge(TaskRun run, string library, Verdict verdict)
    {
        string look = $"{File}, class {Class}; TASKS.md, {Name}";
        CounterInput input = Draw(run, $"per-cpu/{Name}", library, Class);
        if (!run.Hosts.Run(new CounterJob(), input, out CounterFacts? facts, out string problem)
            || facts!.Problem is not null)
        {
            verdict.Require(0, isMet: false, $"{Class} runs", facts?.Problem ?? problem, "", look);
            return;
        }

        verdict.RequireEqual(0, $"maps of {Class}", facts.MapTypes.Count, 1, look);
        verdict.Require(
            0,
            facts.MapType is { } type && MapTypes.Contains(type),
            "type of its map",
            facts.MapType ?? "none",
            string.Join(" or ", MapTypes),
            look);
        Judge(input, facts, Parts, verdict, look);
        JudgeMore(run, input, facts, verdict, look);
    }

    /// <summary>Takes what this counter has to do besides.</summary>
    /// <param name="run">The folder, the seed, and where machines run.</param>
    /// <param name="input">The packets.</param>
    /// <param name="facts">What the program did with them.</param>
    /// <param name="verdict">Takes the expectations.</param>
    /// <param name="look">Where to look.</param>
    protected virtual void JudgeMore(TaskRun run, CounterInput input, CounterFacts facts, Verdict verdict, string look)
    {
    }
}
