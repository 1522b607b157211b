using System.Text.RegularExpressions;

namespace KernelSim.DocsSite.Staging;

/// <summary>The relative links of a page of Markdown.</summary>
internal static class MarkdownLinks
{
    /// <summary>Blocks and spans of code, which are skipped, and the ends of links and images.</summary>
    private static readonly Regex s_part = new(
        @"^(?<fence>`{3,})[^\n]*\n.*?^\k<fence>|(?<ticks>`+)(?!`).*?(?<!`)\k<ticks>(?!`)|\]\((?<target>[^)\s]+)\)",
        RegexOptions.Multiline | RegexOptions.Singleline);

    private static readonly Regex s_scheme = new("^[A-Za-z][A-Za-z0-9+.-]*:");

    /// <summary>Returns the page with other targets.</summary>
    /// <param name="text">The page.</param>
    /// <param name="replace">Maps a relative target, without its fragment, to the one to write; code is left as it is.</param>
    public static string Replace(string text, Func<string, string> replace) => s_part.Replace(text, part =>
    {
        Group target = part.Groups["target"];
        if (!target.Success || target.Value.StartsWith('#') || s_scheme.IsMatch(target.Value))
        {
            return part.Value;
        }

        string[] halves = target.Value.Split('#', 2);
        string fragment = halves.Length == 2 ? "#" + halves[1] : string.Empty;
        return $"]({replace(halves[0])}{fragment})";
    });
}
