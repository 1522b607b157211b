using System.Text;

namespace KernelSim.Tool.CommandLine;

/// <summary>Text for a terminal that shows ASCII alone.</summary>
internal static class PlainCharacters
{
    private static readonly Dictionary<char, string> s_spellings = new()
    {
        ['→'] = "->",
        ['←'] = "<-",
        ['×'] = "x",
        ['≠'] = "!=",
        ['·'] = "-",
        ['…'] = "...",
        ['–'] = "-",
        ['─'] = "-",
        ['━'] = "=",
        ['└'] = "`",
        ['▏'] = "|",
        ['✓'] = "+",
        ['✗'] = "x",
    };

    /// <summary>The text in ASCII; a character without a spelling becomes its number, as in JSON.</summary>
    public static string Of(string text)
    {
        if (Ascii.IsValid(text))
        {
            return text;
        }

        StringBuilder plain = new(text.Length);
        foreach (char c in text)
        {
            plain.Append(c < 0x80 ? c.ToString() : s_spellings.GetValueOrDefault(c) ?? $"\\u{(int)c:x4}");
        }

        return plain.ToString();
    }
}
