using System.Globalization;
using KernelSim.Tool.Bench.Maps;
using KernelSim.Tool.Bench.Measuring;
using KernelSim.Tool.CommandLine;

namespace KernelSim.Tool.Bench.Telling;

/// <summary>Results for people: a table for each unit, with a bar for each row, and the reasons for what is missing.</summary>
/// <param name="console">The console to write to.</param>
internal sealed class BenchText(ToolConsole console)
{
    private const int WidestBar = 40;
    private const int NarrowestBar = 6;

    private static readonly Contender[] s_others = [.. Enum.GetValues<Contender>().Where(c => c != Contender.KernelSim)];
    private static readonly Contender[] s_threaded = [Contender.Host, Contender.ConcurrentDictionary];

    private readonly Page _page = new(console);
    private readonly BenchNotes _notes = new();

    /// <summary>Writes them.</summary>
    public void Write(BenchResults results)
    {
        MachineSettings machine = results.Machine;
        _page.Paragraph(string.Create(
            CultureInfo.InvariantCulture,
            $"KernelSim with {machine.Cpus} CPUs: u32 keys, a u64 value for each CPU, unless a row says otherwise. Host: {HostText.Line}."));
        _page.Paragraph("Least of all rounds; for KernelSim the median too.");
        foreach (IGrouping<BenchmarkGroup, RowResult> group in results.Rows.GroupBy(r => r.Benchmark.Group))
        {
            _page.Heading(group.Key.Title);
            if (group.Key == BenchmarkGroup.Threads)
            {
                WriteThreads([.. group]);
            }
            else
            {
                WriteTable([.. group]);
            }
        }

        if (results.Rows.Count > 0)
        {
            Explain();
        }
    }

    private void WriteTable(RowResult[] rows)
    {
        string[] headings =
        [
            "benchmark", "size", ContenderNames.HeadingOf(Contender.KernelSim), "median", .. s_others.Select(ContenderNames.HeadingOf),
        ];
        object[][] cells =
        [
            .. rows.Select(r => (object[])
            [
                r.Benchmark.Name, new BenchCell(SizeText.Of(r.Elements)), Cell(r, Contender.KernelSim),
                r.Of(Contender.KernelSim) is { } m ? BenchCell.Of(m.Median) : new BenchCell(""),
                .. s_others.Select(c => Cell(r, c)),
            ]),
        ];
        Write(headings, cells, (row, width) => rows[row].Of(Contender.KernelSim) is { } sim
            ? BenchBar.Of(sim.Least, [.. s_others.SelectMany(c => Mark(c, rows[row].Of(c)?.Least))], full: null, width)
            : "");
    }

    private void WriteThreads(RowResult[] rows)
    {
        const double Ideal = 2;
        string[] headings =
        [
            "benchmark", "size", "KernelSim, one", "two", "times", "host, one", "two", "times", "Conc Dict, one", "two", "times",
        ];
        object[][] cells =
        [
            .. rows.Select(r => (object[])
            [
                r.Benchmark.Name, new BenchCell(SizeText.Of(r.Elements)), .. Pair(r, Contender.KernelSim),
                .. s_threaded.SelectMany(c => Pair(r, c)),
            ]),
        ];
        Write(headings, cells, (row, width) => rows[row].Scaling(Contender.KernelSim) is { } sim
            ? BenchBar.Of(sim, [.. s_threaded.SelectMany(c => Mark(c, rows[row].Scaling(c)))], Ideal, width)
            : "");
    }

    private void Write(string[] headings, object[][] cells, Func<int, int, string> bar)
    {
        int width = BarWidth(headings, cells);
        TextTable table = new([.. headings, .. width > 0 ? (string[])[""] : []]);
        for (int row = 0; row < cells.Length; row++)
        {
            table.Add([.. cells[row], .. width > 0 ? (string[])[bar(row, width)] : []]);
        }

        table.WriteTo(console);
    }

    /// <summary>What is left of the width beside the other columns, whose headings may wrap; 0 if no bar would be readable there.</summary>
    private int BarWidth(string[] headings, object[][] cells)
    {
        const int NarrowGap = 1;
        const int Gap = 2;
        int others = headings.Select((h, column) => Math.Max(
            h.Split(' ').Max(CellText.Width), cells.Select(row => CellText.Width(row[column].ToString()!)).Max())).Sum();
        int left = console.RowWidth - others - (Gap * headings.Length);
        left = left < NarrowestBar ? console.RowWidth - others - (NarrowGap * headings.Length) : left;
        return left < NarrowestBar ? 0 : Math.Min(left, WidestBar);
    }

    private BenchCell Cell(RowResult row, Contender contender) =>
        row.Of(contender) is { } m ? BenchCell.Of(m.Least) : new BenchCell(Mark(row, contender));

    private IEnumerable<object> Pair(RowResult row, Contender contender) =>
        row.Of(contender) is { } one && row.Of(contender, 2) is { } two
            ? [BenchCell.Of(one.Least), BenchCell.Of(two.Least), new BenchCell((one.Least / two.Least).ToString("F2", CultureInfo.InvariantCulture))]
            : [new BenchCell(""), new BenchCell(""), new BenchCell(Mark(row, contender))];

    private string Mark(RowResult row, Contender contender) => row.Missing.TryGetValue(contender, out string? reason) ? _notes.Mark(reason) : "";

    private static (char, double)[] Mark(Contender contender, double? value) =>
        value is { } number ? [(ContenderNames.LetterOf(contender), number)] : [];

    private void Explain()
    {
        console.Out.WriteLine();
        _page.Paragraph(
            "Dict: Dictionary of arrays. Conc Dict: ConcurrentDictionary of arrays. Plain copy: the copies alone. Bars: KernelSim; letters mark "
            + "where the others would end. The longest fills the width; for two threads twice the speed of one does.");
        foreach ((string mark, string reason) in _notes.All)
        {
            _page.Paragraph(reason, indent: 5, label: mark);
        }
    }
}
