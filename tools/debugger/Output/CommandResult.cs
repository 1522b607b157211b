namespace KernelSim.Debugger.Output;

/// <summary>
/// What a command has found: members, tables of which the first is called <c>rows</c>, notes; or why it failed. Commands fill it, renderers write it.
/// </summary>
/// <param name="command">The command as it was given.</param>
internal sealed class CommandResult(string command)
{
    /// <summary>The name of a command's first table.</summary>
    public const string Rows = "rows";

    private readonly List<(Column Column, object? Value)> _members = [];
    private readonly List<ResultTable> _tables = [];
    private readonly List<string> _notes = [];

    public string Command => command;

    /// <summary>Members of an answer that is not, or not only, rows.</summary>
    public IReadOnlyList<(Column Column, object? Value)> Members => _members;

    public IReadOnlyList<ResultTable> Tables => _tables;

    /// <summary>What could not be read, or what makes the answer less certain: a line each.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>Why the command failed, in one line; null if it did not.</summary>
    public string? Error { get; private set; }

    /// <summary>Whether the error is that the target cannot be opened: the next command would fail in the same way.</summary>
    public bool IsAboutTarget { get; set; }

    public void Member(Column column, object? value) => _members.Add((column, value));

    /// <summary>Begins the command's table.</summary>
    public ResultTable Table(params Column[] columns) => NamedTable(Rows, columns);

    /// <summary>Begins a further table.</summary>
    public ResultTable NamedTable(string name, params Column[] columns)
    {
        ResultTable table = new(name, columns);
        _tables.Add(table);
        return table;
    }

    public void Note(string note) => _notes.Add(note);

    /// <summary>The command failed: what it found before is dropped.</summary>
    public void Fail(string error)
    {
        Error = error;
        _members.Clear();
        _tables.Clear();
        _notes.Clear();
    }
}
