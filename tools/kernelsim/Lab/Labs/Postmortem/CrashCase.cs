using KernelSim.Protocol;
using KernelSim.Tool.Lab.Grading.Answers;
using KernelSim.Tool.Lab.Grading.Scripts;
using KernelSim.UserMode;

namespace KernelSim.Tool.Lab.Labs.Postmortem;

/// <summary>A program that died: what it forgot when it sized a buffer.</summary>
internal sealed class CrashCase : PostmortemTask
{
    private const int MapEntries = 64;

    /// <inheritdoc/>
    public override string Name => "crash";

    /// <inheritdoc/>
    public override string Title => "a program that died";

    /// <inheritdoc/>
    public override int Points => 30;

    /// <inheritdoc/>
    public override BrokenProgram Draw(ulong seed)
    {
        LabSeed draw = new(seed, "postmortem/crash");
        int cpus = draw.Number(3, 9);
        int valueSize = draw.OneOf([3, 5, 9, 12, 18, 20]);
        int padded = (int)PerCpuLayout.Pad8((uint)valueSize);
        int total = padded * cpus;
        int stored = draw.Number(8, 16);
        int count = draw.Number(4, stored);
        (string cause, int bytes) = draw.OneOf<(string, int)>(
            [("cpus", count * padded), ("padding", count * valueSize * cpus), ("count", total)]);
        string keys = Keys(Enumerable.Range(1, count));
        string last = draw.Number(0, 1) == 1
            ? Update("flows", keys, bytes, count)
            : $$"""{"op":"map_lookup_batch","fd":"flows","count":{{count}},"values_size":{{bytes}}}""";
        List<string> lines =
        [
            Create("flows", "percpu_hash", valueSize, MapEntries),
            Create("ports", "hash", 8, MapEntries),
            Update("flows", Keys(Enumerable.Range(1, stored)), stored * total, stored),
            Update("ports", Keys(Enumerable.Range(1, 6)), 48, 6),
            .. Enumerable.Range(0, draw.Number(1, 5)).Select(i => Lookup("ports", i * 3)),
            last,
        ];
        return new BrokenProgram(new ScriptInput(lines) { Cpus = cpus, Library = LibraryVersion.Upstream, Seed = seed }, cause);
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<AnswerField> Diagnose(BrokenProgram broken, ScriptFacts facts)
    {
        ScriptCallFact crashed = facts.Calls.Single(c => c.Fault is not null);
        return
        [
            new("request", 8, Text((long)crashed.Request), "the number of the request that crashed", Why),
            new("buffer_bytes", 6, Text(crashed.Fault!.BufferBytes), "the bytes that the program had for values", Why),
            new("access", 6, crashed.Fault.Access, "\"read\" or \"write\"", Why),
            new("cause", 10, broken.Cause, "one of \"cpus\", \"padding\", \"count\"", $"{Why}, the three witnesses"),
        ];
    }

    private static string Lookup(string map, int key) => $$"""{"op":"map_lookup_elem","fd":"{{map}}","key":"{{Keys([key])}}"}""";
}
