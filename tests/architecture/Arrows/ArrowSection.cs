namespace KernelSim.Architecture.Tests.Arrows;

/// <summary>The rows of one project: its folders from top to bottom, each with the folders that it may use.</summary>
internal sealed class ArrowSection(string project)
{
    private const string KnownCycle = "cycle:";

    private readonly List<string> _folders = [];
    private readonly List<Arrow> _arrows = [];
    private readonly List<Arrow> _known = [];

    public string Project => project;

    public IReadOnlyList<string> Folders => _folders;

    public IReadOnlyList<Arrow> Arrows => _arrows;

    /// <summary>Arrows that point up and still have to go.</summary>
    public IReadOnlyList<Arrow> KnownCycles => _known;

    /// <summary>Adds a row: <c>Folder -> A B C</c>, <c>Folder</c> alone, or <c>cycle: Folder -> A</c>.</summary>
    public void Add(string row)
    {
        bool known = row.StartsWith(KnownCycle, StringComparison.Ordinal);
        string[] sides = (known ? row[KnownCycle.Length..] : row).Split("->", StringSplitOptions.TrimEntries);
        if (sides.Length > 2 || sides[0].Contains(' ') || (!known && _folders.Contains(sides[0])))
        {
            throw new InvalidDataException($"{ArrowTable.Path}: [{project}] '{row}' is not a row 'Folder -> A B C', or a second one for its folder.");
        }

        if (!known)
        {
            _folders.Add(sides[0]);
        }

        (known ? _known : _arrows).AddRange(
            sides.Skip(1).SelectMany(s => s.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Select(to => new Arrow(sides[0], to)));
    }
}
