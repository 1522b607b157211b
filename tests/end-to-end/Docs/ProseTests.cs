using System.Text.RegularExpressions;

namespace KernelSim.EndToEnd.Tests.Docs;

/// <summary>Rules for the prose of the whole tree: pages and doc comments.</summary>
public sealed partial class ProseTests
{
    private static readonly string s_root = Repository.Root;

    [Fact]
    public void Every_identifier_in_a_code_span_of_a_page_exists_in_the_sources()
    {
        HashSet<string> words =
            [.. Files("*.cs", "*.js", "*.csproj", "*.props", "*.patch").SelectMany(f => Word().Matches(File.ReadAllText(f)).Select(m => m.Value))];

        string[] unknown =
            [.. Files("*.md").SelectMany(page => IdentifiersOf(page).Where(i => !words.Contains(i)).Select(i => $"{Name(page)}: {i}")).Distinct()];

        Assert.True(unknown.Length == 0, $"These exist in no source file: {string.Join("; ", unknown)}");
    }

    [Fact]
    public void No_doc_comment_is_an_empty_phrase()
    {
        string[] empty = [.. Files("*.cs").SelectMany(file => File.ReadLines(file).Select((line, i) => (Line: line, Place: $"{Name(file)}:{i + 1}")))
            .Where(l => EmptyPhrase().IsMatch(l.Line)).Select(l => $"{l.Place} {l.Line.Trim()}")];

        Assert.True(empty.Length == 0, $"These say nothing; delete them or say what is meant: {string.Join("; ", empty)}");
    }

    [Theory]
    [InlineData("/// <param name=\"current\">The thread.</param>", true)]
    [InlineData("/// <param name=\"caller\">The caller.</param>", true)]
    [InlineData("/// <summary>Does it.</summary>", true)]
    [InlineData("/// <summary>Makes one.</summary>", true)]
    [InlineData("/// <param name=\"current\">The calling thread, at DISPATCH_LEVEL.</param>", false)]
    [InlineData("/// <summary>Handle of the map.</summary>", false)]
    public void Empty_phrases_are_told_from_others(string line, bool isEmpty) => Assert.Equal(isEmpty, EmptyPhrase().IsMatch(line));

    private static IEnumerable<string> IdentifiersOf(string page) =>
        CodeSpan().Matches(Fence().Replace(File.ReadAllText(page), string.Empty))
            .SelectMany(span => Identifier().Matches(span.Value))
            .Select(m => m.Value);

    private static IEnumerable<string> Files(params string[] patterns) => patterns
        .SelectMany(p => Directory.EnumerateFiles(s_root, p, SearchOption.AllDirectories))
        .Where(f => !Name(f).Split('/').Any(part => part is "bin" or "obj" or ".git"));

    private static string Name(string file) => Path.GetRelativePath(s_root, file).Replace('\\', '/');

    [GeneratedRegex(@"\w+")]
    private static partial Regex Word();

    [GeneratedRegex("```.*?```", RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"`[^`\n]+`")]
    private static partial Regex CodeSpan();

    /// <summary>Two words or more, as types and members have: single words are too often something else. Not a part of a path or option.</summary>
    [GeneratedRegex(@"(?<![\w/.$%-])[A-Z][a-z0-9]+(?:[A-Z][A-Za-z0-9]*)+")]
    private static partial Regex Identifier();

    [GeneratedRegex(
        @"^\s*/// <(summary|param name=""\w+""|returns|typeparam name=""\w+"")>" +
        @"(Does it|Makes (one|it)|"
        + @"The (thread|request|machine|call|driver|module|manager|caller|process|operation|handle|key|rows|check|key and the value|console)|"
        + @"Its name|Its id|Length and operation|Who asks(, for the trace)?|How many|What came|"
        + @"What should have come|Likewise|As there|Not looked at)\.</",
        RegexOptions.ExplicitCapture)]
    private static partial Regex EmptyPhrase();
}
