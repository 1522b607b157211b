using System.Text.RegularExpressions;

namespace KernelSim.Samples.Tests.Walk;

/// <summary>Holds <c>docs/custom-maps.md</c>: its code is the sample's that is compiled, line for line.</summary>
public sealed class CustomMapsPageTests
{
    private static readonly string s_docs = Repository.PathOf("docs");
    private static readonly string s_page = File.ReadAllText(Path.Combine(s_docs, "custom-maps.md"));

    /// <summary>Each excerpt: the file that the line above it links to, and its text.</summary>
    public static TheoryData<string, string> Excerpts => new(PageExcerpts.Of(s_page));

    [Theory]
    [MemberData(nameof(Excerpts))]
    public void An_excerpt_stands_in_the_file_that_it_names(string file, string excerpt) =>
        PageExcerpts.AssertStandsIn(Path.Combine(s_docs, file), excerpt);

    [Fact]
    public void The_page_shows_no_code_that_is_not_compiled() =>
        Assert.Equal(Regex.Count(s_page, "^```csharp\n(?!using )", RegexOptions.Multiline), Excerpts.Count);

    [Fact]
    public void The_files_that_the_page_links_to_exist() => Assert.All(
        PageExcerpts.Links(s_page),
        link => Assert.True(Path.Exists(Path.Combine(s_docs, link)), $"{link} is linked to and is not there"));
}
