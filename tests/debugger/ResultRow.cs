using KernelSim.Debugger.Output;

namespace KernelSim.Debugger.Tests;

/// <summary>A row of a result, its cells by the names of their columns.</summary>
internal sealed class ResultRow(IReadOnlyList<Column> columns, object?[] cells)
{
    public object? this[string column] => cells[columns.TakeWhile(c => c.Name != column).Count()];

    public static IReadOnlyList<ResultRow> Of(ResultTable table) => [.. table.Rows.Select(r => new ResultRow(table.Columns, r))];

    public T Get<T>(string column) => Assert.IsType<T>(this[column]);
}
