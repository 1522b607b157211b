using System.Text;

namespace KernelSim.Debugger.Commands;

/// <summary>Takes a line apart: commands end at semicolons, words at spaces; what is in double quotes stays together.</summary>
internal static class CommandLineText
{
    /// <summary>The commands of a line, without those that are empty.</summary>
    public static IReadOnlyList<string> Commands(string line) =>
        [.. Split(line, c => c == ';', keepQuotes: true).Select(c => c.Trim()).Where(c => c.Length > 0)];

    /// <summary>The words of a command.</summary>
    public static IReadOnlyList<string> Words(string command) => [.. Split(command, char.IsWhiteSpace, keepQuotes: false).Where(w => w.Length > 0)];

    private static List<string> Split(string text, Predicate<char> ends, bool keepQuotes)
    {
        List<string> parts = [];
        StringBuilder part = new();
        bool quoted = false;
        foreach (char c in text)
        {
            quoted ^= c == '"';
            if (!quoted && ends(c))
            {
                parts.Add(part.ToString());
                part.Clear();
            }
            else if (c != '"' || keepQuotes)
            {
                part.Append(c);
            }
        }

        parts.Add(part.ToString());
        return parts;
    }
}
