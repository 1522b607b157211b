using KernelSim.Protocol;
using KernelSim.Protocol.Messages;
using KernelSim.Tool.Lab.Grading.Judging;
using KernelSim.Tool.Lab.Grading.Scripts;

namespace KernelSim.Tool.Lab.Labs.Boundary;

/// <summary>A batch that fills a number of requests.</summary>
/// <param name="Machine">A machine whose number of processors varies.</param>
/// <param name="Elements">The elements; their number is the student's to find.</param>
/// <param name="ValueSize">Bytes of one CPU's value.</param>
/// <param name="Requests">How many requests are to be filled.</param>
internal sealed record LimitCase(ScriptInput Machine, ElementSet Elements, int ValueSize, int Requests) : ScriptCase(
    Machine,
    _ => Elements.Name(new TemplateNames())
        .Add("value_size", ValueSize)
        .Add("max_entries", ElementSet.Most)
        .Add("cpus", Machine.Cpus)
        .Add("ioctls", Requests)
        .Add("message_size", EbpfDevice.MaxMessageBytes)
        .Add("fixed_part", MapUpdateElementBatchRequest.TailOffset));

/// <summary>Finds the largest batch that crosses in a number of requests.</summary>
internal sealed class LimitTask : ScriptTask<LimitCase>
{
    /// <inheritdoc/>
    public override string Name => "limit";

    /// <inheritdoc/>
    public override string Title => "as many elements as exactly so many IOCTLs hold";

    /// <inheritdoc/>
    public override int Points => 25;

    /// <inheritdoc/>
    protected override LimitCase Draw(TaskRun run)
    {
        LabSeed draw = new(run.Seed, "boundary/limit");
        int cpus = draw.Number(2, 16);
        int valueSize = draw.Number(9, 40);
        int total = (int)PerCpuLayout.Pad8((uint)valueSize) * cpus;
        return new LimitCase(
            new ScriptInput([]) { Cpus = cpus, Seed = run.Seed },
            new ElementSet(run.Seed, 1, draw.OneOf([4, 8, 12, 20]), total),
            valueSize,
            draw.Number(2, 4));
    }

    /// <inheritdoc/>
    protected override void Judge(LimitCase drawn, IReadOnlyList<ScriptFacts> facts, Verdict verdict, string look)
    {
        ScriptCallFact[] updates = [.. facts[0].Calls.Where(c => c.Ioctls.Any(i => i.Operation == "map_update_element_batch"))];
        if (!verdict.RequireEqual(0, "number of calls that send batches of updates", updates.Length, 1, look)
            || !verdict.Require(0, updates[0].Ret == 0, "the batch update succeeds", updates[0].Errno ?? "a fault", "0", look))
        {
            return;
        }

        IReadOnlyList<IoctlFact> requests = updates[0].Ioctls;
        verdict.RequireEqual(12, "it takes this many IOCTLs", requests.Count, drawn.Requests, look);

        // The library fills a request before it begins another: all are full if the last is as long as the first.
        verdict.RequireEqual(13, "the last request is as full as the first, in bytes", requests[^1].Input, requests[0].Input, look);
    }
}
