namespace KernelSim.Tool.CommandLine;

/// <summary>A column as the layout of a table sees it.</summary>
internal sealed class ColumnMeasure
{
    // A column of text is not made narrower than this: less than a name is unreadable.
    private const int NarrowestText = 12;

    /// <summary>Measures a column.</summary>
    /// <param name="heading">The column's heading, which counts towards its width.</param>
    /// <param name="isNumber">Whether it holds numbers, which stand to the right and are never broken.</param>
    /// <param name="isWhole">Whether it is never broken, for what is copied from the table to a command line.</param>
    /// <param name="cells">What is in it.</param>
    public ColumnMeasure(string heading, bool isNumber, bool isWhole, IReadOnlyList<string> cells)
    {
        IsNumber = isNumber;
        int widest = cells.Select(CellText.Width).DefaultIfEmpty(0).Max();
        int word = heading.Split(' ').Max(CellText.Width);
        Natural = Math.Max(widest, CellText.Width(heading));
        Narrow = Math.Max(widest, word);
        Least = isNumber || isWhole
            ? Narrow
            : Math.Min(Narrow, Math.Max(Math.Max(word, NarrowestText), cells.Select(CellText.WidestPart).DefaultIfEmpty(0).Max()));
    }

    /// <summary>Whether it holds numbers.</summary>
    public bool IsNumber { get; }

    /// <summary>Columns of the terminal with its name on one line.</summary>
    public int Natural { get; }

    /// <summary>Columns with its name on several lines.</summary>
    public int Narrow { get; }

    /// <summary>Columns with text on several lines too, broken where it may be.</summary>
    public int Least { get; }
}
