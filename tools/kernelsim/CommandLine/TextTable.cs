using System.Globalization;

namespace KernelSim.Tool.CommandLine;

/// <summary>
/// Aligned columns of plain text: numbers to the right, everything else to the left, no spaces at line ends. An empty cell leaves a column
/// of numbers one. What is too wide for the console is laid out by <see cref="TableLayout"/>.
/// </summary>
/// <param name="headings">The columns' names.</param>
internal sealed class TextTable(params string[] headings)
{
    private readonly List<object[]> _rows = [];

    /// <summary>The heading of the column whose cells stay whole on a narrow console: what is copied from the table to a command line.</summary>
    public string? Whole { get; init; }

    /// <summary>Adds a row: strings, or numbers.</summary>
    public void Add(params object[] cells) => _rows.Add(cells);

    /// <summary>Writes it as data.</summary>
    public void WriteTo(ToolConsole console) => WriteTo(console, console.Out, console.RowWidth);

    /// <summary>Writes it as a note.</summary>
    public void WriteToError(ToolConsole console) => WriteTo(console, console.Error, console.ErrorWidth ?? int.MaxValue);

    private void WriteTo(ToolConsole console, TextWriter output, int width)
    {
        console.NoteNarrowness();
        string[][] rows = [.. _rows.Select(r => r.Select(c => console.Spell(Text(c))).ToArray())];
        ColumnMeasure[] columns =
        [
            .. headings.Select((heading, column) => new ColumnMeasure(
                heading,
                _rows.Any(r => r[column] is not string) && _rows.All(r => r[column] is not string or ""),
                heading == Whole,
                [.. rows.Select(r => r[column])])),
        ];
        bool first = true;
        foreach (TableBlock block in TableLayout.Fit(columns, width))
        {
            if (!first)
            {
                output.WriteLine();
            }

            first = false;
            Write(output, columns, block, headings, isHead: true);
            foreach (string[] row in rows)
            {
                Write(output, columns, block, row, isHead: false);
            }
        }
    }

    private static void Write(TextWriter output, ColumnMeasure[] columns, TableBlock block, string[] row, bool isHead)
    {
        string[][] cells = [.. block.Columns.Select((column, i) => CellText.Wrap(row[column], block.Widths[i]).ToArray())];
        int height = cells.Max(c => c.Length);
        for (int line = 0; line < height; line++)
        {
            output.WriteLine(string.Join(new string(' ', block.Gap), cells.Select((cell, i) =>
            {
                // A heading stands on what it is the heading of.
                int at = isHead ? line - height + cell.Length : line;
                string text = at >= 0 && at < cell.Length ? cell[at] : "";
                return columns[block.Columns[i]].IsNumber ? CellText.PadLeft(text, block.Widths[i]) : CellText.PadRight(text, block.Widths[i]);
            })).TrimEnd());
        }
    }

    private static string Text(object cell) => Convert.ToString(cell, CultureInfo.InvariantCulture)!;
}
