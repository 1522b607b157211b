using System.Text.RegularExpressions;

namespace KernelSim.Packages.Tests.Pages;

/// <summary>A page, and its blocks of C#.</summary>
/// <param name="Name">Path relative to the repository's root.</param>
/// <param name="Blocks">The blocks, in the page's order.</param>
internal sealed partial record Page(string Name, IReadOnlyList<CodeBlock> Blocks)
{
    /// <summary>The using directives that the page shows before its code; empty if it shows none.</summary>
    public string Usings => string.Join('\n', Blocks.Where(b => b.IsUsings).Select(b => b.Text));

    /// <summary>Every page with C#: the READMEs, the packages' READMEs and docs.</summary>
    public static IReadOnlyList<Page> FindAll() =>
    [
        .. Directory.EnumerateFiles(Repository.Root, "*.md", SearchOption.AllDirectories)
            .Select(Repository.Relative)
            .Where(name => !name.Split('/').Any(part => part is "bin" or "obj" or "artifacts" or ".git" or "node_modules"))
            .Order(StringComparer.Ordinal)
            .Select(Read)
            .Where(page => page.Blocks.Count > 0),
    ];

    /// <summary>Reads a page.</summary>
    public static Page Read(string name)
    {
        string text = Repository.ReadText(name);
        string folder = Path.GetDirectoryName(name)!;
        List<CodeBlock> blocks = [];
        foreach (Match block in Block().Matches(text))
        {
            Match? link = Link().Matches(text[..block.Index]).LastOrDefault();
            string? source = link is null ? null : Repository.Relative(Path.GetFullPath(link.Groups[1].Value, Repository.PathOf(folder)));
            blocks.Add(new CodeBlock(text[..block.Groups[1].Index].Count(c => c == '\n') + 1, block.Groups[1].Value, source));
        }

        return new Page(name, blocks);
    }

    /// <summary>Whether a block stands in a source file, line for line, at any margin.</summary>
    public static bool StandsIn(string block, string source)
    {
        string[] wanted = Trimmed(block);
        string[] lines = Trimmed(source);
        return Enumerable.Range(0, Math.Max(0, lines.Length - wanted.Length + 1)).Any(i => lines.AsSpan(i, wanted.Length).SequenceEqual(wanted));

        static string[] Trimmed(string text) => [.. text.Trim('\n').Split('\n').Select(l => l.Trim())];
    }

    [GeneratedRegex("^```csharp\n(.*?)\n```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"\]\(([^()#:\s]+\.cs)\)")]
    private static partial Regex Link();
}
