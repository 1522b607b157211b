using System.Text.RegularExpressions;
using KernelSim.EndToEnd.Tests.Tour;

namespace KernelSim.EndToEnd.Tests.Docs;

/// <summary>What the README shows is what a person gets.</summary>
public sealed partial class ReadmeTests
{
    private static readonly string s_page = Repository.ReadText("README.md");

    [Fact]
    public async Task The_tour_prints_what_the_page_shows_of_it()
    {
        TourRun tour = await TourRun.Of("");
        Queue<string> printed = new(tour.Out.Split('\n').Select(l => l.TrimEnd()));

        foreach (string line in Fence("text").First(f => f.Contains("━━ 1 · ", StringComparison.Ordinal))
            .Split('\n').Where(l => l.Trim() != "[...]"))
        {
            while (printed.TryDequeue(out string? candidate) && candidate != line.TrimEnd())
            {
            }

            Assert.True(printed.Count > 0, $"The tour does not print, after what stands before it: {line}");
        }
    }

    [Fact]
    public void The_example_in_csharp_is_the_one_that_is_compiled_and_prints_what_the_page_says()
    {
        string source = Repository.ReadText("tests", "end-to-end", "Docs", "ReadmeSample.cs");
        string sample = Unindent(Marked().Match(source).Groups[1].Value);
        using StringWriter output = new() { NewLine = "\n" };

        ReadmeSample.Run(output);

        string usings = string.Join('\n', source.Split('\n').Where(l => l.StartsWith("using ", StringComparison.Ordinal)));
        string program = $"{usings}\n\n{sample.Trim()}".Replace("output.WriteLine", "Console.WriteLine", StringComparison.Ordinal);
        Assert.Equal(program, Fence("csharp").Single().Trim());
        Assert.Equal(Fence("text").Last().Trim(), output.ToString().Trim());
    }

    [Fact]
    public void The_script_on_the_page_prints_what_the_page_says()
    {
        string[] block = Fence("console").Single(f => f.Contains("kernelsim -- script", StringComparison.Ordinal)).Split('\n');
        int end = Array.IndexOf(block, "END");

        ToolRun run = ToolRun.WithInput(string.Join('\n', block[1..end]), "script", "-");

        Assert.Equal(string.Join('\n', block[(end + 1)..]).Trim(), run.Output.Trim());
    }

    private static IEnumerable<string> Fence(string language) =>
        Regex.Matches(s_page, $"```{language}\n(.*?)\n```", RegexOptions.Singleline).Select(m => m.Groups[1].Value);

    private static string Unindent(string code) =>
        string.Join(
            '\n',
            code.Trim('\n', ' ').Split('\n').Select(l => l.StartsWith("        ", StringComparison.Ordinal) ? l[8..] : l));

    [GeneratedRegex("// <sample>\n(.*?)// </sample>", RegexOptions.Singleline)]
    private static partial Regex Marked();
}
