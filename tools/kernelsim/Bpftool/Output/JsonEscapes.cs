using System.Globalization;

namespace KernelSim.Tool.Bpftool.Output;

/// <summary>
/// Strings as bpftool writes them, with the escapes of C, but always valid JSON: a backslash is doubled, where bpftool writes a line feed for it.
/// </summary>
internal static class JsonEscapes
{
    private static readonly Dictionary<char, string> s_short = new()
    {
        ['\t'] = @"\t",
        ['\n'] = @"\n",
        ['\r'] = @"\r",
        ['\f'] = @"\f",
        ['\b'] = @"\b",
        ['\\'] = @"\\",
        ['"'] = "\\\"",
    };

    /// <summary>Writes a string with its quotes.</summary>
    public static void Write(TextWriter output, ReadOnlySpan<char> text)
    {
        output.Write('"');
        foreach (char c in text)
        {
            if (s_short.TryGetValue(c, out string? escape))
            {
                output.Write(escape);
            }
            else if (c < ' ')
            {
                output.Write(string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"));
            }
            else
            {
                output.Write(c);
            }
        }

        output.Write('"');
    }
}
