namespace KernelSim.Architecture.Tests.Arrows;

/// <summary>The allowed arrows, as <c>arrows.txt</c> states them.</summary>
internal static class ArrowTable
{
    /// <summary>Where the table is, for messages.</summary>
    public const string Path = "tests/architecture/arrows.txt";

    /// <summary>The table's sections by project.</summary>
    public static IReadOnlyDictionary<string, ArrowSection> Read()
    {
        Dictionary<string, ArrowSection> sections = [];
        ArrowSection? section = null;
        foreach (string line in File.ReadLines(Repository.PathOf(Path)).Select(l => l.Trim()))
        {
            if (line.StartsWith('[') && line.EndsWith(']'))
            {
                section = new ArrowSection(line[1..^1]);
                sections.Add(section.Project, section);
            }
            else if (line.Length > 0 && line[0] != '#')
            {
                (section ?? throw new InvalidDataException($"{Path}: '{line}' stands before the first [project].")).Add(line);
            }
        }

        return sections;
    }
}
