using System.Text.RegularExpressions;

namespace KernelSim.Samples.Tests.Walk;

/// <summary>Code on a page of <c>docs</c>: each block follows a line that links to the file that it stands in.</summary>
internal static partial class PageExcerpts
{
    /// <summary>Each excerpt: the file as the page links to it, and its text.</summary>
    public static IEnumerable<(string File, string Text)> Of(string page) =>
        Excerpt().Matches(page).Select(m => (m.Groups[1].Value, m.Groups[2].Value));

    /// <summary>Each file that the page links to.</summary>
    public static IEnumerable<string> Links(string page) => Link().Matches(page).Select(m => m.Groups[1].Value);

    /// <summary>Fails the test unless an excerpt stands in a file, line for line, at any margin.</summary>
    public static void AssertStandsIn(string file, string excerpt) =>
        Assert.Contains(Unindent(excerpt), Blocks(File.ReadAllText(file), excerpt.Split('\n').Length));

    /// <summary>Every run of lines of a file that has a given length, moved to the left margin.</summary>
    private static IEnumerable<string> Blocks(string text, int length)
    {
        string[] lines = text.Split('\n');
        for (int start = 0; start + length <= lines.Length; start++)
        {
            yield return Unindent(string.Join('\n', lines[start..(start + length)]));
        }
    }

    private static string Unindent(string text)
    {
        string[] lines = text.Split('\n');
        int margin = lines.Where(l => l.Length > 0).Select(l => l.Length - l.TrimStart(' ').Length).DefaultIfEmpty(0).Min();
        return string.Join('\n', lines.Select(l => l.Length == 0 ? l : l[margin..]));
    }

    [GeneratedRegex(@"\]\(([^)\n]+)\):\n\n```csharp\n(.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex Excerpt();

    [GeneratedRegex(@"\]\(([^)#:]+)\)")]
    private static partial Regex Link();
}
