using System.Text.RegularExpressions;

namespace KernelSim.Samples.Tests.Walk;

/// <summary>
/// Holds <c>docs/writing-a-driver.md</c>: its code is the code that is compiled, line for line, and what it shows is what the runs print.
/// </summary>
public sealed partial class WritingADriverPageTests
{
    private static readonly string s_docs = Repository.PathOf("docs");
    private static readonly string s_page = File.ReadAllText(Path.Combine(s_docs, "writing-a-driver.md"));

    /// <summary>Each excerpt: the file that the line above it links to, and its text.</summary>
    public static TheoryData<string, string> Excerpts => new(PageExcerpts.Of(s_page));

    /// <summary>Each shown output: the run that prints it, and its text.</summary>
    public static TheoryData<string, string> Outputs => new(Output().Matches(s_page).Select(m => (m.Groups[1].Value, m.Groups[2].Value)));

    [Theory]
    [MemberData(nameof(Excerpts))]
    public void An_excerpt_stands_in_the_file_that_it_names(string file, string excerpt) =>
        PageExcerpts.AssertStandsIn(Path.Combine(s_docs, file), excerpt);

    [Theory]
    [MemberData(nameof(Outputs))]
    public void A_run_prints_what_the_page_says(string run, string expected)
    {
        using StringWriter output = new() { NewLine = "\n" };
        WalkRuns.All[run](output);
        Assert.Equal(expected, output.ToString().TrimEnd('\n'));
    }

    [Fact]
    public void The_page_shows_every_run_and_no_code_that_is_not_compiled()
    {
        Assert.Equal(WalkRuns.All.Keys.Order(), Output().Matches(s_page).Select(m => m.Groups[1].Value).Order());
        Assert.Equal(Regex.Count(s_page, "^```csharp\n(?!using )", RegexOptions.Multiline), Excerpts.Count);
        Assert.Equal(Regex.Count(s_page, "^```text$", RegexOptions.Multiline), Outputs.Count);
    }

    [Fact]
    public void The_files_that_the_page_links_to_exist() => Assert.All(
        PageExcerpts.Links(s_page),
        link => Assert.True(Path.Exists(Path.Combine(s_docs, link)), $"{link} is linked to and is not there"));

    [GeneratedRegex(@"<!-- run: (.*?) -->\n```text\n(.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex Output();
}
