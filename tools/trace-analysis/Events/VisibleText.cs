using System.Globalization;
using System.Text;

namespace KernelSim.TraceAnalysis;

/// <summary>
/// Text that programs chose, such as a map's name, made fit for a line of a terminal: what would end the line, move the cursor, turn the
/// direction of writing or be no character at all is escaped as in JSON.
/// </summary>
public static class VisibleText
{
    /// <summary>The text with such characters escaped.</summary>
    public static string Escape(string text) => Find(text, isQuoted: false) < 0 ? text : Escape(text, isQuoted: false);

    /// <summary>The text between quotes, with such characters, quotes and backslashes escaped.</summary>
    public static string Quote(string text) => $"\"{(Find(text, isQuoted: true) < 0 ? text : Escape(text, isQuoted: true))}\"";

    private static int Find(string text, bool isQuoted)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] is < ' ' or > '~' ? IsHidden(text, i) : isQuoted && text[i] is '"' or '\\')
            {
                return i;
            }
        }

        return -1;
    }

    private static string Escape(string text, bool isQuoted)
    {
        StringBuilder escaped = new(text.Length + 8);
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            string? two = c switch
            {
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                '\b' => "\\b",
                '\f' => "\\f",
                '"' when isQuoted => "\\\"",
                '\\' when isQuoted => "\\\\",
                _ => null,
            };
            if (two is not null)
            {
                escaped.Append(two);
            }
            else if (IsHidden(text, i))
            {
                escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            }
            else
            {
                escaped.Append(c);
            }
        }

        return escaped.ToString();
    }

    /// <summary>Controls, line and paragraph separators, format characters (those of bidirectional text among them), lone surrogates,
    /// and the noncharacters U+FFFE and U+FFFF.</summary>
    private static bool IsHidden(string text, int index) => char.GetUnicodeCategory(text[index]) switch
    {
        UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Format => true,
        UnicodeCategory.Surrogate => !IsPaired(text, index),
        UnicodeCategory.OtherNotAssigned => text[index] >= '\uFFFE',
        _ => false,
    };

    private static bool IsPaired(string text, int index) =>
        (index + 1 < text.Length && char.IsSurrogatePair(text[index], text[index + 1]))
        || (index > 0 && char.IsSurrogatePair(text[index - 1], text[index]));
}
