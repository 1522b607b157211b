using System.Globalization;
using System.Text.RegularExpressions;

namespace KernelSim.Architecture.Tests.Adding;

/// <summary>A run of lines, some of them added.</summary>
/// <param name="Context">The lines that the file has already.</param>
/// <param name="Added">The lines that the patch adds.</param>
/// <param name="Blocks">How many runs of added lines there are.</param>
internal sealed partial record PatchHunk(IReadOnlyList<string> Context, IReadOnlyList<string> Added, int Blocks)
{
    /// <exception cref="FormatException">The header counts other lines than there are.</exception>
    public static PatchHunk Parse(string header, string[] lines)
    {
        PatchHunk hunk = new(
            [.. lines.Where(l => l[0] == ' ').Select(l => l[1..])],
            [.. lines.Where(l => l[0] == '+').Select(l => l[1..])],
            lines.Where((l, i) => l[0] == '+' && (i == 0 || lines[i - 1][0] == ' ')).Count());
        Match counts = Header().Match(header);
        if (!counts.Success || Count(counts.Groups[1]) != hunk.Context.Count || Count(counts.Groups[2]) != lines.Length)
        {
            throw new FormatException($"'{header}' given, but {hunk.Context.Count} lines of context and {lines.Length} in all follow");
        }

        return hunk;
    }

    /// <summary>At how many places of a file the context stands, so that the patch applies there.</summary>
    public int PlacesIn(string[] file) => Enumerable.Range(0, Math.Max(0, file.Length - Context.Count + 1))
        .Count(start => file.AsSpan(start, Context.Count).SequenceEqual([.. Context]));

    private static int Count(Group length) => length.Success ? int.Parse(length.Value, CultureInfo.InvariantCulture) : 1;

    [GeneratedRegex(@"^@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@")]
    private static partial Regex Header();
}
