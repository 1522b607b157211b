using KernelSim.Architecture.Tests.Sources;

namespace KernelSim.Architecture.Tests.Arrows;

/// <summary>The first-level folders of a project and the arrows between them, as the sources have them.</summary>
internal sealed class FolderGraph
{
    private readonly ILookup<Arrow, SourceReference> _references;

    public FolderGraph(SourceIndex index, string project)
    {
        Folders = [.. index.Files.Where(f => f.Project == project).Select(f => f.Folder).OfType<string>().Distinct()];
        _references = index.References
            .Where(r => r.From.Project == project && r.To.Project == project)
            .Where(r => r.From.Folder is not null && r.To.Folder is not null && r.From.Folder != r.To.Folder)
            .ToLookup(r => new Arrow(r.From.Folder!, r.To.Folder!));
        Arrows = [.. _references.Select(g => g.Key)];
    }

    public IReadOnlyList<string> Folders { get; }

    public IReadOnlyList<Arrow> Arrows { get; }

    /// <summary>The places that make an arrow.</summary>
    public IEnumerable<SourceReference> PlacesOf(Arrow arrow) => _references[arrow];

    /// <summary>The folders that reach each other over some arrows, group by group; none if the arrows go one way.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Cycles(IEnumerable<Arrow> arrows)
    {
        ILookup<string, string> next = arrows.ToLookup(a => a.From, a => a.To);
        Dictionary<string, HashSet<string>> reached = next.ToDictionary(g => g.Key, g => Reach(g.Key, next));
        return
        [
            .. reached.Where(r => r.Value.Contains(r.Key))
                .GroupBy(r => string.Join(' ', r.Value.Where(f => reached.TryGetValue(f, out HashSet<string>? back) && back.Contains(r.Key)).Order()))
                .Select(g => (IReadOnlyList<string>)[.. g.Select(r => r.Key).Order()]),
        ];
    }

    private static HashSet<string> Reach(string folder, ILookup<string, string> next)
    {
        HashSet<string> found = [];
        Stack<string> open = new(next[folder]);
        while (open.TryPop(out string? f))
        {
            if (found.Add(f))
            {
                foreach (string further in next[f])
                {
                    open.Push(further);
                }
            }
        }

        return found;
    }
}
