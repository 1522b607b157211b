using KernelSim.Tool.Lab.Grading.Judging;
using KernelSim.Tool.Lab.Grading.Scripts;

namespace KernelSim.Tool.Lab.Labs.Boundary;

/// <summary>Elements of a hash map, whose number and sizes vary.</summary>
/// <param name="Machine">A machine without lines of its own.</param>
/// <param name="Elements">The elements.</param>
internal sealed record BatchCase(ScriptInput Machine, ElementSet Elements) : ScriptCase(Machine, _ => Elements.Name(new TemplateNames()));

/// <summary>Stores elements with one control request, and reads them back with another.</summary>
internal sealed class BatchTask : ScriptTask<BatchCase>
{
    private const string UpdateOperation = "map_update_element";
    private const string CreateOperation = "create_map";

    /// <inheritdoc/>
    public override string Name => "batch";

    /// <inheritdoc/>
    public override string Title => "store and read all elements with one IOCTL each";

    /// <inheritdoc/>
    public override int Points => 25;

    /// <inheritdoc/>
    protected override BatchCase Draw(TaskRun run)
    {
        LabSeed draw = new(run.Seed, "boundary/batch");
        return new BatchCase(
            new ScriptInput([]) { Seed = run.Seed },
            new ElementSet(run.Seed, draw.Number(20, 200), draw.OneOf([4, 8, 12]), draw.OneOf([4, 8, 16, 24])));
    }

    /// <inheritdoc/>
    protected override void Judge(BatchCase drawn, IReadOnlyList<ScriptFacts> facts, Verdict verdict, string look)
    {
        ElementSet elements = drawn.Elements;
        int held = elements.CountOf(facts[0].Map("stats")?.Elements);
        verdict.RequireEqual(10, "the map 'stats' holds the elements", held, elements.Count, look);
        verdict.RequireEqual(
            8,
            "they went into the kernel with this many IOCTLs",
            facts[0].Ioctls.Count(i => i.Operation.StartsWith(UpdateOperation, StringComparison.Ordinal)),
            1,
            "kernelsim trace tail --profile perf -- " + drawn.Command($"{LabFolder.OutputFolder}/{File}"));
        verdict.RequireEqual(
            4,
            "a batch look-up returned them all",
            facts[0].Calls.Where(c => c.Op == "map_lookup_batch").Select(c => elements.CountOf(Returned(elements, c))).DefaultIfEmpty(0).Max(),
            elements.Count,
            look);
        verdict.RequireEqual(
            3,
            "they came back with this many IOCTLs",
            facts[0].Ioctls.Count(i => i.Operation != CreateOperation && !i.Operation.StartsWith(UpdateOperation, StringComparison.Ordinal)),
            1,
            look);
    }

    private static Dictionary<string, string> Returned(ElementSet elements, ScriptCallFact call)
    {
        Dictionary<string, string> returned = [];
        if (call.Text("keys") is { } keys && call.Text("values") is { } values)
        {
            int key = 2 * elements.KeySize;
            int value = 2 * elements.ValueBytes;
            for (int i = 0; (i + 1) * key <= keys.Length && (i + 1) * value <= values.Length; i++)
            {
                returned[keys[(i * key)..((i + 1) * key)]] = values[(i * value)..((i + 1) * value)];
            }
        }

        return returned;
    }
}
