using KernelSim.LabScripts;
using KernelSim.Tool.Lab.Grading.Judging;
using KernelSim.Tool.Lab.Grading.Scripts;

namespace KernelSim.Tool.Lab.Labs.Boundary;

/// <summary>Stores an element with a request that is written by hand.</summary>
internal sealed class RequestTask : ScriptTask<HandleCase>
{
    /// <inheritdoc/>
    public override string Name => "request";

    /// <inheritdoc/>
    public override string Title => "store an element with a request written by hand";

    /// <inheritdoc/>
    public override int Points => 25;

    /// <inheritdoc/>
    protected override HandleCase Draw(TaskRun run) => HandleCase.Draw(run.Seed, "boundary/request");

    /// <inheritdoc/>
    protected override void Judge(HandleCase drawn, IReadOnlyList<ScriptFacts> facts, Verdict verdict, string look)
    {
        string? helped = facts[0].Calls.Select(c => c.Function).FirstOrDefault(f => f is not null);
        string why = facts[0].Calls is [.., { Refusal: { } refusal }] ? $"kernelsim explain {refusal.Check}; {look}" : look;
        verdict.Require(0, helped is null, "the library has no part in it", helped ?? "", "gate_ioctl only", "TASKS.md, request");
        verdict.RequireEqual(
            10,
            "the kernel took a request of this operation",
            Describe(facts[0].Ioctls.LastOrDefault()),
            "map_update_element",
            why);
        string? held = facts[0].Map(HandleCase.MapName)?.Elements.GetValueOrDefault(Hex.Of(drawn.Key));
        verdict.RequireEqual(15, $"the map '{HandleCase.MapName}' holds the value under the key", held, Hex.Of(drawn.Value), why);
    }

    private static string? Describe(IoctlFact? sent)
    {
        // A message that is too short, or names an operation that there is not, is known by its control code.
        bool isNamed = sent is not null && !sent.Operation.StartsWith("0x", StringComparison.Ordinal);
        return sent is null ? null
            : !isNamed ? $"{sent.Input} bytes that name no operation ({sent.Status})"
            : sent.Status == "STATUS_SUCCESS" ? sent.Operation
            : $"{sent.Operation} with {sent.Status}";
    }
}
