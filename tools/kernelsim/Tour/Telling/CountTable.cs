using KernelSim.Tool.Story;
using KernelSim.Tool.Story.Traces;
using KernelSim.Tool.Tour.Facts;

namespace KernelSim.Tool.Tour.Telling;

/// <summary>The contents of a map as a table: packets by port and CPU, and the sums.</summary>
internal static class CountTable
{
    private const int MostCpus = 8;
    private const int MostCpusCompared = 4;

    /// <summary>The table of some elements.</summary>
    public static StoryBlock Of(string caption, IReadOnlyList<FlowFacts> flows, int cpus)
    {
        int[] shown = [.. Shown(cpus)];
        List<GridColumn> columns = [new("port", IsNumber: true)];
        columns.AddRange(shown.Select(c => c < 0 ? new GridColumn("…") : new GridColumn($"CPU {c}", IsNumber: true)));
        columns.AddRange([new("packets", IsNumber: true), new("bytes", IsNumber: true), new("drops", IsNumber: true)]);
        return new GridBlock(caption, columns, [.. flows.OrderBy(f => f.Port).Select(f => Row(f, shown))]);
    }

    /// <summary>One element's intended and actual contents side by side.</summary>
    public static StoryBlock Compare(FlowFacts meant, FlowFacts held)
    {
        GridColumn number = new("meant: packets", IsNumber: true);
        int shown = Math.Min(meant.PerCpu.Count, MostCpusCompared);
        string more = shown < meant.PerCpu.Count ? $", CPUs 0 to {shown - 1} of {meant.PerCpu.Count}" : string.Empty;
        return new GridBlock(
            $"port {meant.Port} as the application meant it and as the map holds it now{more}",
            [
                new(string.Empty), number, number with { Name = "bytes" }, number with { Name = "drops" },
                number with { Name = "   holds: packets" }, number with { Name = "bytes" }, number with { Name = "drops" },
            ],
            [.. Enumerable.Range(0, shown).Select(cpu => Compare(cpu, meant.PerCpu[cpu], held.PerCpu[cpu]))]);
    }

    private static Run[][] Compare(int cpu, Counters meant, Counters held)
    {
        Tone tone = meant == held ? Tone.Good : Tone.Bad;
        return
        [
            [$"CPU {cpu}"], [Words.N(meant.Packets)], [Words.N(meant.Bytes)], [Words.N(meant.Drops)],
            [new Run(Words.N(held.Packets), tone)], [new Run(Words.N(held.Bytes), tone)], [new Run(Words.N(held.Drops), tone)],
        ];
    }

    private static Run[][] Row(FlowFacts flow, int[] shown) =>
    [
        [new Run(Words.N(flow.Port), Tone.Key)],
        .. shown.Select(c => c < 0 ? new Run[] { Run.Dim("…") } : [new Run(Words.N(flow.PerCpu[c].Packets), Tone.Value)]),
        [Run.Good(Words.N(flow.Sum.Packets))], [Run.Good(Words.N(flow.Sum.Bytes))], [Run.Good(Words.N(flow.Sum.Drops))],
    ];

    /// <summary>The CPUs to show; -1 stands for omitted ones.</summary>
    private static IEnumerable<int> Shown(int cpus) =>
        cpus <= MostCpus ? Enumerable.Range(0, cpus) : [.. Enumerable.Range(0, MostCpus - 2), -1, cpus - 1];
}
