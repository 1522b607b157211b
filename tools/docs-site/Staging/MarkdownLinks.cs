using System.Text.RegularExpressions;

namespace KernelSim.DocsSite.Staging;

/// <summary>The relative links of a page of Markdown.</summary>
internal static partial class MarkdownLinks
{
    /// <summary>Returns the page with other targets.</summary>
    /// <param name="text">The page.</param>
    /// <param name="replace">Maps a relative target, without its fragment, to the one to write; code is left as it is.</param>
    public static string Replace(string text, Func<string, string> replace) => Part().Replace(text, part =>
    {
        Group target = part.Groups["target"];
        if (!target.Success || target.Value.StartsWith('#') || Scheme().IsMatch(target.Value))
        {
            return part.Value;
        }

        string[] halves = target.Value.Split('#', 2);
        string fragment = halves.Length == 2 ? "#" + halves[1] : string.Empty;
        return $"]({replace(halves[0])}{fragment})";
    });

    /// <summary>Blocks and spans of code, which are skipped, and the ends of links and images.</summary>
    [GeneratedRegex(
        @"^(?<fence>`{3,})[^\n]*\n.*?^\k<fence>|(?<ticks>`+)(?!`).*?(?<!`)\k<ticks>(?!`)|\]\((?<target>[^)\s]+)\)",
        RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Part();

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9+.-]*:")]
    private static partial Regex Scheme();
}
