using KernelSim.Protocol.Gate;
using KernelSim.Tool.Lab.Grading.Judging;
using KernelSim.Tool.Lab.Grading.Scripts;

namespace KernelSim.Tool.Lab.Labs.WrongSize;

/// <summary>An overrun that nobody notices, of exactly so many bytes. Optional.</summary>
internal sealed class SilentTask : ScriptTask<MovedCase>
{
    /// <inheritdoc/>
    public override string Name => "silent";

    /// <inheritdoc/>
    public override string Title => "an overrun that nobody notices";

    /// <inheritdoc/>
    public override int Points => 15;

    /// <inheritdoc/>
    public override bool IsOptional => true;

    /// <inheritdoc/>
    protected override MovedCase Draw(TaskRun run) => MovedCase.Draw(run.Seed, "wrong-size/silent", HeapMode.Packed);

    /// <inheritdoc/>
    protected override void Judge(MovedCase drawn, IReadOnlyList<ScriptFacts> facts, Verdict verdict, string look)
    {
        ScriptCallFact[] lookups = [.. facts[0].Calls.Where(c => c.Op == "map_lookup_batch")];
        verdict.RequireEqual(0, "number of batch look-ups", lookups.Length, 1, look);
        verdict.RequireEqual(3, "bytes that the call wrote past the end of values", lookups.FirstOrDefault()?.BytesPastValues ?? 0, drawn.Good, look);
        verdict.RequireEqual(6, "what it returned", lookups.FirstOrDefault()?.Ret ?? -1, 0, look);
        verdict.RequireEqual(6, "elements that it returned", lookups.FirstOrDefault()?.Number("count") ?? 0, drawn.Count, look);
    }
}
