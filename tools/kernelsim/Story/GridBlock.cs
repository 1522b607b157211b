namespace KernelSim.Tool.Story;

/// <summary>Rows and columns.</summary>
/// <param name="Caption">Caption of the table.</param>
/// <param name="Columns">The columns.</param>
/// <param name="Rows">The rows; each has as many cells as there are columns, each cell is a line of runs.</param>
internal sealed record GridBlock(string Caption, IReadOnlyList<GridColumn> Columns, IReadOnlyList<IReadOnlyList<Run[]>> Rows) : StoryBlock
{
    /// <summary>The same table without empty columns.</summary>
    public GridBlock WithoutEmptyColumns()
    {
        int[] kept = [.. Enumerable.Range(0, Columns.Count).Where(i => Rows.Any(r => r[i].Any(run => run.Text.Length > 0)))];
        return new GridBlock(Caption, [.. kept.Select(i => Columns[i])], [.. Rows.Select(r => (IReadOnlyList<Run[]>)[.. kept.Select(i => r[i])])]);
    }
}
