using Spectre.Console;
using Spectre.Console.Rendering;

namespace KernelSim.Tool.CommandLine;

/// <summary>
/// Text by the columns that it takes on a terminal: an ideograph takes two, a combining mark none.
/// </summary>
internal static class CellText
{
    // Where a name or a path may go on in the next line, if a line cannot hold it.
    private const string Joints = "_/\\:.,;-=&|)>";

    /// <summary>Columns of a text.</summary>
    public static int Width(string text) => System.Text.Ascii.IsValid(text) ? text.Length : text.GetCellWidth();

    /// <summary>The text with spaces after it, up to a width.</summary>
    public static string PadRight(string text, int width) => text + new string(' ', Math.Max(0, width - Width(text)));

    /// <summary>The text with spaces before it, up to a width.</summary>
    public static string PadLeft(string text, int width) => new string(' ', Math.Max(0, width - Width(text))) + text;

    /// <summary>As much of the text as fits a width, ending in three dots where something is missing.</summary>
    public static string Cut(string text, int width) => Width(text) <= width ? text : Segment.Truncate(new Segment(text), width - 3)?.Text + "...";

    /// <summary>Breaks words into lines. A word that is wider than a line is broken at its joints, or anywhere where it has none.</summary>
    /// <param name="text">The words.</param>
    /// <param name="width">Columns of a line.</param>
    /// <param name="keepWords">Whether a word that is too wide has a line of its own instead, for people to copy.</param>
    /// <returns>At least one line.</returns>
    /// <remarks>Spectre's paragraph cannot keep words whole, and breaks a word that is too wide anywhere.</remarks>
    public static IEnumerable<string> Wrap(string text, int width, bool keepWords = false)
    {
        string line = "";
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries).SelectMany(w => keepWords ? [w] : Pieces(w, width)))
        {
            if (line.Length > 0 && Width(line) + 1 + Width(word) > width)
            {
                yield return line;
                line = word;
            }
            else
            {
                line = line.Length == 0 ? word : $"{line} {word}";
            }
        }

        yield return line;
    }

    /// <summary>A word that fits a width as it is; a wider one in pieces that do, broken at its joints.</summary>
    public static IReadOnlyList<string> Pieces(string word, int width)
    {
        if (Width(word) <= width)
        {
            return [word];
        }

        List<string> pieces = [];
        string piece = "";
        foreach (string part in Parts(word).SelectMany(p => Segment.SplitOverflow(new Segment(p), Overflow.Fold, width)).Select(s => s.Text))
        {
            if (piece.Length > 0 && Width(piece) + Width(part) > width)
            {
                pieces.Add(piece);
                piece = "";
            }

            piece += part;
        }

        return [.. pieces, piece];
    }

    /// <summary>The widest part of a text that has neither a space nor a joint.</summary>
    public static int WidestPart(string text) => text.Split(' ').SelectMany(Parts).Select(Width).DefaultIfEmpty(0).Max();

    private static IEnumerable<string> Parts(string word)
    {
        int start = 0;
        for (int i = 0; i < word.Length - 1; i++)
        {
            if (Joints.Contains(word[i]) && word[i + 1] != word[i])
            {
                yield return word[start..(i + 1)];
                start = i + 1;
            }
        }

        yield return word[start..];
    }
}
