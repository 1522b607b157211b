namespace KernelSim.Debugger.Output;

/// <summary>Rows of typed cells.</summary>
/// <param name="name">The table's name in JSON.</param>
/// <param name="columns">Its columns.</param>
internal sealed class ResultTable(string name, params Column[] columns)
{
    private readonly List<object?[]> _rows = [];

    public string Name => name;

    public IReadOnlyList<Column> Columns => columns;

    public IReadOnlyList<object?[]> Rows => _rows;

    /// <summary>Adds a row: a value for each column, of what its kind takes.</summary>
    public void Add(params object?[] cells)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(cells.Length, columns.Length);
        _rows.Add(cells);
    }
}
