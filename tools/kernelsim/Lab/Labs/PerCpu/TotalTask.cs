using System.Globalization;
using KernelSim.LabScripts;
using KernelSim.Protocol;
using KernelSim.Tool.Lab.Grading.Judging;
using KernelSim.Tool.Lab.Grading.Scripts;
using KernelSim.Tool.Lab.Grading.Sources;

namespace KernelSim.Tool.Lab.Labs.PerCpu;

/// <summary>Sums the slots of a per-CPU value as user mode reads it.</summary>
internal sealed class TotalTask : SourceTask
{
    private const string ClassName = "Counters";
    private const string Method = "Total";
    private const string MapName = "stats";
    private const int Cases = 3;

    /// <inheritdoc/>
    public override string Name => "total";

    /// <inheritdoc/>
    public override string Title => "the total of all slots, read from user mode";

    /// <inheritdoc/>
    public override string File => CounterTask.SourceFile;

    /// <inheritdoc/>
    public override int Points => 10;

    /// <inheritdoc/>
    protected override void Judge(TaskRun run, string library, Verdict verdict)
    {
        LabSeed draw = new(run.Seed, "per-cpu/total");
        List<object[]> calls = [];
        List<long> expected = [];
        for (int i = 0; i < Cases; i++)
        {
            ScriptInput script = Draw(draw, out int valueSize, out long total);
            if (!run.Hosts.Run(new ScriptJob(), script, out ScriptFacts? facts, out string problem)
                || facts!.Map(MapName)?.Elements.Values.SingleOrDefault() is not { } value)
            {
                verdict.Require(0, isMet: false, "the machine counts", problem, "", "kernelsim doctor");
                return;
            }

            calls.Add([Convert.FromHexString(value), valueSize, script.Cpus]);
            expected.Add(total);
        }

        if (Call(run, library, ClassName, Method, calls, verdict) is not { } returned)
        {
            return;
        }

        for (int i = 0; i < Cases; i++)
        {
            byte[] value = (byte[])calls[i][0];
            verdict.Require(
                i == Cases - 1 ? Points : 0,
                returned[i] == expected[i].ToString(CultureInfo.InvariantCulture),
                $"{Method} of {value.Length} bytes with valueSize {calls[i][1]} and cpus {calls[i][2]}, {Hex.Of(value)}",
                returned[i],
                expected[i].ToString(CultureInfo.InvariantCulture),
                $"README.md; a slot has {PerCpuLayout.Pad8((uint)(int)calls[i][1])} bytes");
        }
    }

    private static ScriptInput Draw(LabSeed draw, out int valueSize, out long total)
    {
        int cpus = draw.Number(2, 8);
        int size = draw.OneOf([4, 12, 20, 28]);
        int[] counts = [.. Enumerable.Range(0, cpus).Select(_ => draw.Number(0, int.MaxValue))];
        valueSize = size;
        total = counts.Sum(c => (long)c);
        return new ScriptInput(
        [
            $$"""{"op":"map_create","as":"m","type":"percpu_array","name":"{{MapName}}","key_size":4,"value_size":{{size}},"max_entries":1}""",
            .. counts.Select((count, cpu) =>
            {
                // What follows the number is another field, of which the sum must have nothing.
                byte[] value = [.. BitConverter.GetBytes(count), .. draw.Bytes(size - sizeof(int))];
                return $$"""{"op":"helper_map_update_elem","cpu":{{cpu}},"fd":"m","key":"00000000","value":"{{Hex.Of(value)}}"}""";
            }),
        ])
        {
            Cpus = cpus,
        };
    }
}
