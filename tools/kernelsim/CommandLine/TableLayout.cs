namespace KernelSim.Tool.CommandLine;

/// <summary>Fits a table into a width.</summary>
/// <remarks>
/// Spectre's table is no replacement: where columns do not fit, it breaks numbers and drops whole columns, and it breaks names anywhere. It
/// also ends lines in spaces.
/// </remarks>
internal static class TableLayout
{
    private const int Gap = 2;
    private const int NarrowGap = 1;

    /// <summary>
    /// As it is, if that fits; else with names of columns on several lines; else with text on several lines; else with less space
    /// between columns; else in blocks one below the other, each of which starts with the first column.
    /// </summary>
    /// <param name="columns">The columns.</param>
    /// <param name="width">Columns of the terminal.</param>
    public static IReadOnlyList<TableBlock> Fit(IReadOnlyList<ColumnMeasure> columns, int width)
    {
        int[] all = [.. Enumerable.Range(0, columns.Count)];
        if (Place(columns, all, width) is { } whole)
        {
            return [whole];
        }

        List<TableBlock> blocks = [];
        for (int next = 1; next < columns.Count;)
        {
            List<int> some = [0, next++];
            while (next < columns.Count && Sum(columns, [.. some, next], c => c.Narrow, Gap) <= width)
            {
                some.Add(next++);
            }

            blocks.Add(Place(columns, some, width) ?? Squeeze(columns, some, width));
        }

        return blocks;
    }

    private static TableBlock? Place(IReadOnlyList<ColumnMeasure> columns, IReadOnlyList<int> some, int width) =>
        Place(columns, some, c => c.Natural, Gap, width)
        ?? Place(columns, some, c => c.Narrow, Gap, width)
        ?? Place(columns, some, c => c.Least, Gap, width)
        ?? Place(columns, some, c => c.Least, NarrowGap, width);

    /// <summary>Gives what is left of the width to the columns that lack most; null when they do not fit.</summary>
    private static TableBlock? Place(
        IReadOnlyList<ColumnMeasure> columns, IReadOnlyList<int> some, Func<ColumnMeasure, int> start, int gap, int width)
    {
        int[] widths = [.. some.Select(i => start(columns[i]))];
        int left = width - Sum(columns, some, start, gap);
        if (left < 0)
        {
            return null;
        }

        for (; left > 0; left--)
        {
            int most = Enumerable.Range(0, widths.Length).MaxBy(i => columns[some[i]].Natural - widths[i]);
            if (widths[most] >= columns[some[most]].Natural)
            {
                break;
            }

            widths[most]++;
        }

        return new TableBlock(some, widths, gap);
    }

    /// <summary>Two columns that do not fit beside each other even so: text is broken anywhere.</summary>
    private static TableBlock Squeeze(IReadOnlyList<ColumnMeasure> columns, IReadOnlyList<int> some, int width)
    {
        int[] widths = [.. some.Select(i => columns[i].Least)];
        while (widths.Sum() + (Gap * (widths.Length - 1)) > width)
        {
            widths[Array.IndexOf(widths, widths.Max())]--;
        }

        return new TableBlock(some, widths, Gap);
    }

    private static int Sum(IReadOnlyList<ColumnMeasure> columns, IReadOnlyList<int> some, Func<ColumnMeasure, int> width, int gap) =>
        some.Sum(i => width(columns[i])) + (gap * (some.Count - 1));
}
