using System.Globalization;

namespace KernelSim.Tool.CommandLine;

/// <summary>
/// Aligned columns of plain text: numbers to the right, everything else to the left, no spaces at line ends. An empty cell leaves a column
/// of numbers one.
/// </summary>
/// <param name="headings">The columns' names.</param>
internal sealed class TextTable(params string[] headings)
{
    private readonly List<object[]> _rows = [];

    /// <summary>Adds a row: strings, or numbers.</summary>
    public void Add(params object[] cells) => _rows.Add(cells);

    /// <summary>Writes it.</summary>
    public void WriteTo(TextWriter output)
    {
        int[] widths =
        [
            .. headings.Select((heading, column) => _rows.Select(r => Text(r[column]).Length).Append(heading.Length).Max()),
        ];
        bool[] numeric = [.. headings.Select((_, column) => _rows.Any(r => r[column] is not string) && _rows.All(r => r[column] is not string or ""))];
        foreach (object[] row in _rows.Prepend(headings))
        {
            IEnumerable<string> cells = row.Select((cell, column) =>
                numeric[column] ? Text(cell).PadLeft(widths[column]) : Text(cell).PadRight(widths[column]));
            output.WriteLine(string.Join("  ", cells).TrimEnd());
        }
    }

    private static string Text(object cell) => Convert.ToString(cell, CultureInfo.InvariantCulture)!;
}
