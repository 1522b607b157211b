using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.Tool.Lab.Grading.Judging;
using KernelSim.Tool.Lab.Grading.Scripts;
using KernelSim.UserMode;

namespace KernelSim.Tool.Lab.Labs.WrongSize;

/// <summary>A batch look-up that is wrong by a number of elements.</summary>
/// <param name="Machine">The machine with the library that checks nothing.</param>
/// <param name="Count">Elements of the map.</param>
/// <param name="Good">Elements that are to be copied before the crash.</param>
/// <param name="KeySize">Bytes of a key.</param>
/// <param name="ValueSize">Bytes of one CPU's value.</param>
internal sealed record MovedCase(ScriptInput Machine, int Count, int Good, int KeySize, int ValueSize) : ScriptCase(
    Machine,
    _ => new TemplateNames()
        .Add("count", Count)
        .Add("good", Good)
        .Add("past", Good)
        .Add("cpus", Machine.Cpus)
        .Add("key_size", KeySize)
        .Add("value_size", ValueSize)
        .Add("keys", Count, n => [.. Enumerable.Range(1, n).SelectMany(i => (byte[])[(byte)i, .. new byte[KeySize - 1]])])
        .Add("values", Count, n => new byte[n * Total(Machine, ValueSize)]))
{
    /// <inheritdoc/>
    public override IReadOnlyList<ScriptInput> Machines => [Machine, Machine with { Library = LibraryVersion.Checked }];

    /// <summary>Draws one.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="purpose">What for.</param>
    /// <param name="heap">The heap of the process.</param>
    public static MovedCase Draw(ulong seed, string purpose, HeapMode heap)
    {
        LabSeed draw = new(seed, purpose);
        int count = draw.Number(8, 30);
        return new MovedCase(
            new ScriptInput([]) { Cpus = draw.Number(2, 10), Library = LibraryVersion.Upstream, Heap = heap, Seed = seed },
            count,
            draw.Number(2, count - 2),
            draw.Number(2, 12),
            draw.Number(1, 40));
    }

    /// <inheritdoc/>
    public override string Command(string file) =>
        $"{base.Command(file)} --library upstream{(Machine.Heap == HeapMode.Packed ? " --heap packed" : "")}";

    private static int Total(ScriptInput machine, int valueSize) => (int)PerCpuLayout.Pad8((uint)valueSize) * machine.Cpus;
}

/// <summary>The same call crashes under one library after it has moved bytes, and under the other is refused before it has moved any.</summary>
internal sealed class MovedTask : ScriptTask<MovedCase>
{
    private const string Refusing = "api.lookup_batch.values_size";

    /// <inheritdoc/>
    public override string Name => "moved";

    /// <inheritdoc/>
    public override string Title => "a crash after so many elements, and a refusal before any";

    /// <inheritdoc/>
    public override int Points => 25;

    /// <inheritdoc/>
    protected override MovedCase Draw(TaskRun run) => MovedCase.Draw(run.Seed, "wrong-size/moved", HeapMode.Guarded);

    /// <inheritdoc/>
    protected override void Judge(MovedCase drawn, IReadOnlyList<ScriptFacts> facts, Verdict verdict, string look)
    {
        ScriptCallFact? crashed = facts[0].Calls.FirstOrDefault(c => c.Fault is not null);
        if (!verdict.Require(
                0, crashed?.Op == "map_lookup_batch", "under the library upstream, map_lookup_batch", crashed?.Op ?? "no crash", "a crash", look)
            || !verdict.RequireEqual(10, "elements that it copied before", crashed!.Fault!.Element, drawn.Good, look))
        {
            return;
        }

        ScriptCallFact? same = facts[1].Calls.FirstOrDefault(c => c.Line == crashed.Line);
        string there = look.Replace("--library upstream", "--library checked", StringComparison.Ordinal);
        verdict.RequireEqual(5, "under the library checked, the same line is refused by", same?.Refusal?.Check, Refusing, there);
        verdict.RequireEqual(5, "copies and IOCTLs that it made", (same?.Copies.Count ?? 0) + (same?.Ioctls.Count ?? 0), 0, there);
        verdict.RequireEqual(
            5,
            "elements that a later look-up of the same script returns there",
            facts[1].Calls.Where(c => c.Line > crashed.Line && c.Op == "map_lookup_batch").Max(c => c.Number("count")) ?? 0,
            drawn.Count,
            there);
    }
}
