namespace KernelSim.Architecture.Tests.Arrows;

/// <summary>The rows of one project: its folders from top to bottom, each with the folders that it may use.</summary>
internal sealed class ArrowSection(string project)
{
    private readonly List<string> _folders = [];
    private readonly List<Arrow> _arrows = [];

    public string Project => project;

    public IReadOnlyList<string> Folders => _folders;

    public IReadOnlyList<Arrow> Arrows => _arrows;

    /// <summary>Adds a row: <c>Folder -> A B C</c>, or <c>Folder</c> alone.</summary>
    public void Add(string row)
    {
        string[] sides = row.Split("->", StringSplitOptions.TrimEntries);
        if (sides.Length > 2 || sides[0].Contains(' ') || _folders.Contains(sides[0]))
        {
            throw new InvalidDataException($"{ArrowTable.Path}: [{project}] '{row}' is not a row 'Folder -> A B C', or a second one for its folder.");
        }

        _folders.Add(sides[0]);
        _arrows.AddRange(
            sides.Skip(1).SelectMany(s => s.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Select(to => new Arrow(sides[0], to)));
    }
}
