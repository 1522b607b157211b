using System.Text;

namespace KernelSim.Tool.Tour.Rendering;

/// <summary>The few characters of the story that are not ASCII, spelled for a terminal that could not show them.</summary>
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

    /// <summary>The text in ASCII; a character without a spelling becomes a question mark.</summary>
    public static string Of(string text)
    {
        StringBuilder plain = new(text.Length);
        foreach (char c in text)
        {
            plain.Append(c < 0x80 ? c.ToString() : s_spellings.GetValueOrDefault(c, "?"));
        }

        return plain.ToString();
    }
}
