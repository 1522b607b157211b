using System.Buffers.Binary;
using KernelSim.LabScripts;
using KernelSim.Tool.Lab.Grading.Judging;
using KernelSim.Tool.Lab.Grading.Scripts;

namespace KernelSim.Tool.Lab.Labs.PerCpu;

/// <summary>Two processors that count bytes in one element, which a line before the student's has filled.</summary>
/// <param name="Machine">The machine, with the lines that make the map <c>m</c>.</param>
/// <param name="Key">The element.</param>
/// <param name="Loser">The processor that writes first.</param>
/// <param name="Winner">The processor that writes last.</param>
internal sealed record TwoCpuCase(ScriptInput Machine, uint Key, CountingCpu Loser, CountingCpu Winner) : ScriptCase(
    Machine,
    _ => new TemplateNames()
        .Add("key", BitConverter.GetBytes(Key))
        .Add("cpus", Machine.Cpus)
        .Add("loser", Loser.Number)
        .Add("loser_bytes", Loser.Bytes)
        .Add("loser_count", Loser.Count)
        .Add("winner", Winner.Number)
        .Add("winner_bytes", Winner.Bytes)
        .Add("winner_count", Winner.Count))
{
    /// <summary>Name of the map.</summary>
    public const string MapName = "bytes";

    private const string LookupOp = "helper_map_lookup_elem";
    private const string UpdateOp = "helper_map_update_elem";
    private const int Elements = 8;

    /// <summary>Draws one.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="isPerCpu">Whether the map is per CPU, with a count of its own in each slot.</param>
    public static TwoCpuCase Draw(ulong seed, bool isPerCpu)
    {
        LabSeed draw = new(seed, isPerCpu ? "per-cpu/kept" : "per-cpu/lost");
        int cpus = draw.Number(3, 12);
        int[] counts = [.. Enumerable.Range(0, cpus).Select(_ => draw.Number(1, 5_000))];
        IReadOnlyList<int> two = draw.Some([.. Enumerable.Range(0, cpus)], 2);
        CountingCpu[] counting =
            [.. two.Select((cpu, i) => new CountingCpu(cpu, draw.Number(60, 699) + (700 * i), counts[isPerCpu ? cpu : 0]))];
        uint key = (uint)draw.Number(0, Elements - 1);
        string type = isPerCpu ? "percpu_array" : "array";
        string value = string.Concat(counts.Take(isPerCpu ? cpus : 1).Select(c => Hex.Of(BitConverter.GetBytes((ulong)c))));
        return new TwoCpuCase(
            new ScriptInput(
            [
                $$"""{"op":"map_create","as":"m","type":"{{type}}","name":"{{MapName}}","key_size":4,"value_size":8,"max_entries":{{Elements}}}""",
                $$"""{"op":"map_update_elem","fd":"m","key":"{{Hex.Of(BitConverter.GetBytes(key))}}","value":"{{value}}"}""",
            ])
            {
                Cpus = cpus,
                Seed = seed,
            },
            key,
            counting[0],
            counting[1]);
    }

    /// <summary>Takes the schedule: look-ups and updates of two processors, both look-ups before both updates, the winner's update last.</summary>
    /// <param name="facts">What the lines did.</param>
    /// <param name="points">Points for the order, and for the values that were written.</param>
    /// <param name="verdict">Takes the expectations.</param>
    /// <param name="look">Where the student finds the script as it was run.</param>
    public void Judge(ScriptFacts facts, (int Order, int Values) points, Verdict verdict, string look)
    {
        ScriptCallFact[] calls = [.. facts.Calls.Where(c => c.Op is LookupOp or UpdateOp)];
        (string Op, int Cpu)[] wanted = [(LookupOp, Loser.Number), (LookupOp, Winner.Number), (UpdateOp, Loser.Number), (UpdateOp, Winner.Number)];
        foreach ((string op, int cpu) in wanted)
        {
            verdict.RequireEqual(0, $"lines with {op} on CPU {cpu}", calls.Count(c => c.Op == op && c.Cpu == cpu), 1, look);
        }

        verdict.RequireEqual(0, "lines with a helper", calls.Length, wanted.Length, look);
        verdict.Require(
            0,
            calls.All(c => c.Ret == 0),
            "a helper failed",
            $"{calls.FirstOrDefault(c => c.Ret != 0)?.Errno}; is the value 8 bytes, ${{u64(…)}}?",
            "",
            look);
        if (verdict.Miss is not null)
        {
            return;
        }

        string[] order = [.. calls.Select(c => c.Op)];
        string given = string.Join(", ", calls.Select(c => $"{(c.Op == LookupOp ? "look-up" : "update")} on CPU {c.Cpu}"));
        verdict.Require(
            points.Order,
            order is [LookupOp, LookupOp, UpdateOp, UpdateOp] && calls[3].Cpu == Winner.Number,
            "the order of the helpers",
            given,
            $"both look-ups before both updates, and the update on CPU {Winner.Number} last",
            look);
        foreach (CountingCpu cpu in (CountingCpu[])[Loser, Winner])
        {
            verdict.Require(
                cpu == Winner ? points.Values : 0,
                calls.Single(c => c.Op == UpdateOp && c.Cpu == cpu.Number).Value == Hex.Of(BitConverter.GetBytes((ulong)cpu.Sum)),
                $"the update on CPU {cpu.Number} writes",
                Text(calls.Single(c => c.Op == UpdateOp && c.Cpu == cpu.Number).Value),
                $"what CPU {cpu.Number} read and its bytes: {cpu.Count} + {cpu.Bytes}",
                look);
        }
    }

    /// <summary>A number of 64 bits in hex, as the miss shows it.</summary>
    public static string Text(string? hex) => hex?.Length == 2 * sizeof(ulong)
        ? FormattableString.Invariant($"{BinaryPrimitives.ReadUInt64LittleEndian(Convert.FromHexString(hex))}")
        : hex ?? "nothing";
}

/// <summary>A processor that counts the bytes of a packet.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Bytes">Bytes of its packet.</param>
/// <param name="Count">What the counter held before, as the processor sees it.</param>
internal sealed record CountingCpu(int Number, int Bytes, int Count)
{
    /// <summary>What the counter holds after.</summary>
    public long Sum => (long)Count + Bytes;
}
