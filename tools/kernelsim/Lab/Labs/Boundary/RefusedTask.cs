using KernelSim.Tool.Lab.Grading.Judging;
using KernelSim.Tool.Lab.Grading.Scripts;

namespace KernelSim.Tool.Lab.Labs.Boundary;

/// <summary>Requests written by hand that the kernel refuses, each by the check that was asked for. Optional.</summary>
internal sealed class RefusedTask : ScriptTask<HandleCase>
{
    private const int Requests = 3;

    /// <summary>Checks that one request can meet, whatever its map: those before them pass.</summary>
    private static readonly IReadOnlyList<string> s_checks =
    [
        "driver.input.header",
        "driver.operation.id",
        "driver.output.length",
        "core.request.length",
        "core.header.length",
        "map.update.key_size",
        "map.update.value_size",
        "map.find.key_size",
    ];

    /// <inheritdoc/>
    public override string Name => "refused";

    /// <inheritdoc/>
    public override string Title => "requests refused by exactly the named checks";

    /// <inheritdoc/>
    public override int Points => 20;

    /// <inheritdoc/>
    public override bool IsOptional => true;

    /// <inheritdoc/>
    public override string Start(ulong seed) => string.Join(
        '\n',
        [
            "# Task boundary/refused (optional). Three gate_ioctl lines, in this order, each refused by one check:",
            .. Wanted(seed).Select((c, i) => $"# {i + 1}. {c}"),
            "# The names of task boundary/request hold here too: ${map_handle}, ${key}, ${value}, ${key_size}, ${value_size}.",
            "",
        ]);

    /// <inheritdoc/>
    protected override HandleCase Draw(TaskRun run) =>
        HandleCase.Draw(run.Seed, "boundary/refused") with { Wanted = Wanted(run.Folder.Seed) };

    /// <inheritdoc/>
    protected override void Judge(HandleCase drawn, IReadOnlyList<ScriptFacts> facts, Verdict verdict, string look)
    {
        ScriptCallFact[] sent = [.. facts[0].Calls.Where(c => c.Op == "gate_ioctl")];
        if (!verdict.RequireEqual(0, "number of gate_ioctl lines", sent.Length, Requests, $"TASKS.md, {Name}"))
        {
            return;
        }

        int[] points = [6, 7, 7];
        for (int i = 0; i < Requests; i++)
        {
            string given = sent[i].Refusal?.Check ?? (sent[i].Ret == 0 ? "success" : sent[i].Text("status") ?? "another end");
            string wanted = drawn.Wanted[i];
            verdict.Require(
                points[i], given == wanted, $"request {i + 1} is refused by", given, wanted, $"kernelsim explain {wanted}; {look}");
        }
    }

    private static IReadOnlyList<string> Wanted(ulong seed) => new LabSeed(seed, "boundary/refused checks").Some(s_checks, Requests);
}
