using System.Text.RegularExpressions;

namespace KernelSim.Samples.Tests.C;

/// <summary>Holds the tables of <c>samples/c/README.md</c> to the files.</summary>
public sealed partial class CSampleReadmeTests
{
    private static readonly string s_page = Repository.ReadText("samples", "c", "README.md");

    [Fact]
    public void The_readme_lists_every_program() => Assert.Equal(SampleFiles.Sources, Listed(".c").Order(StringComparer.Ordinal));

    [Fact]
    public void The_readme_lists_every_header() =>
        Assert.Equal(SampleFiles.Headers, Listed(".h").Select(h => h["include/".Length..]).Order(StringComparer.Ordinal));

    [Fact]
    public void The_readme_says_where_a_program_is_attached() => Assert.All(
        Row().Matches(s_page),
        row =>
        {
            string source = Repository.ReadText("samples", "c", row.Groups["file"].Value);
            IEnumerable<string> sections = Section().Matches(source).Select(s => s.Groups[1].Value).Where(s => s is not (".maps" or "license"));
            IEnumerable<string> named = CodeSpan().Matches(row.Groups["place"].Value).Select(s => s.Groups[1].Value);
            Assert.Equal(named, sections.Select(s => s.StartsWith("xdp/", StringComparison.Ordinal) ? "xdp" : s).Distinct());
        });

    private static IEnumerable<string> Listed(string extension) => Link().Matches(string.Join('\n', s_page.Split('\n').Where(l => l.StartsWith('|'))))
        .Select(l => l.Groups[1].Value)
        .Where(l => l.EndsWith(extension, StringComparison.Ordinal));

    [GeneratedRegex(@"\]\(([^)]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^\| \[[^]]+\]\((?<file>\w+\.c)\) \| [^|]* \| (?<place>[^|]*) \|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"SEC\(""([^""]+)""\)")]
    private static partial Regex Section();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex CodeSpan();
}
