using KernelSim.Debugger.Output;
using KernelSim.Tool.CommandLine;

namespace KernelSim.Tool.Debug;

/// <summary>A result as text: members one a line, tables in the tool's style. Its error and its notes go elsewhere.</summary>
internal static class ResultText
{
    public static void Write(ToolConsole console, CommandResult result)
    {
        if (result.Members.Count > 0)
        {
            int width = result.Members.Max(m => m.Column.Heading.Length);
            foreach ((Column column, object? value) in result.Members.Where(m => m.Value is not null))
            {
                WriteMember(console, column.Heading.PadRight(width), column.Kind.TextOf(value).ToString()!);
            }
        }

        foreach (ResultTable table in result.Tables)
        {
            if (table.Name != CommandResult.Rows)
            {
                console.Out.WriteLine(table.Name.Replace('_', ' '));
            }

            Write(console, table);
        }
    }

    private static void WriteMember(ToolConsole console, string name, string value)
    {
        int room = console.RowWidth == int.MaxValue ? int.MaxValue : Math.Max(console.RowWidth - name.Length - 2, 20);
        string start = name;
        foreach (string line in room == int.MaxValue ? [value] : CellText.Wrap(console.Spell(value), room))
        {
            console.Out.WriteLine($"{start}  {line}".TrimEnd());
            start = new string(' ', name.Length);
        }
    }

    /// <summary>A table without the columns that are empty in all rows.</summary>
    private static void Write(ToolConsole console, ResultTable table)
    {
        if (table.Rows.Count == 0)
        {
            console.Out.WriteLine("none");
            return;
        }

        int[] shown = [.. Enumerable.Range(0, table.Columns.Count).Where(i => table.Rows.Any(r => r[i] is not null))];
        TextTable text = new([.. shown.Select(i => table.Columns[i].Heading)]);
        foreach (object?[] row in table.Rows)
        {
            text.Add([.. shown.Select(i => table.Columns[i].Kind.TextOf(row[i]))]);
        }

        text.WriteTo(console);
    }
}
