using KernelSim.Tool.Client;

namespace KernelSim.Tool.Bpftool.Hosting;

/// <summary>A command line of the tool that is one of bpftool's: its words without <c>--server [NAME]</c>, and the server's name.</summary>
/// <param name="Server">The server's name.</param>
/// <param name="Arguments">The words that bpftool would get.</param>
internal sealed record ToolLine(string Server, IReadOnlyList<string> Arguments)
{
    private const string Option = "--server";

    private static readonly string[] s_nouns = [NounTable.Map.Name, NounTable.Program.Name, NounTable.Link.Name, BatchNoun];
    private static readonly string[] s_help = ["--help", "-h", "-?", "/?", "/h"];
    private static readonly string[] s_selectors = ["id", "name", "pinned", "tag"];

    /// <summary>The noun of <c>batch file</c>.</summary>
    public const string BatchNoun = "batch";

    /// <summary>Reads a command line.</summary>
    /// <param name="args">The words after the tool's name.</param>
    /// <returns>Null if it is another verb's, or asks for the tool's own help.</returns>
    public static ToolLine? Read(IReadOnlyList<string> args)
    {
        string server = ServerName.Default;
        List<string> words = [];
        int count = 0;
        for (int i = 0; i < args.Count; i++)
        {
            string word = args[i];
            if (Array.IndexOf(s_help, word) >= 0)
            {
                return null;
            }

            if (word == "--")
            {
                words.AddRange(args.Skip(i));
                break;
            }

            if (word == Option)
            {
                if (TakesName(args, i + 1, words))
                {
                    server = args[++i];
                }

                continue;
            }

            if (word.StartsWith(Option + "=", StringComparison.Ordinal))
            {
                server = word[(Option.Length + 1)..];
                continue;
            }

            if (count == 0 && !word.StartsWith('-') && !s_nouns.Contains(word))
            {
                return null;
            }

            count += word.StartsWith('-') ? 0 : 1;
            words.Add(word);
        }

        return count > 0 ? new ToolLine(server, words) : null;
    }

    /// <summary>
    /// Whether the word after <c>--server</c> is the name: not if it is an option, and not if it is the noun, the command or the selector that is
    /// missing without it.
    /// </summary>
    private static bool TakesName(IReadOnlyList<string> args, int at, List<string> before)
    {
        if (at >= args.Count || args[at].StartsWith('-'))
        {
            return false;
        }

        string[] words = [.. before.Where(w => !w.StartsWith('-'))];
        string[] after = [.. args.Skip(at + 1).Where(w => !w.StartsWith('-'))];
        return words.Length switch
        {
            0 => !s_nouns.Contains(args[at]) || after.Any(s_nouns.Contains),
            1 => !IsCommand(words[0], args[at]) || (after.Length > 0 && IsCommand(words[0], after[0])),
            2 => !s_selectors.Contains(args[at]) || after.Length == 0 || (after.Length > 1 && s_selectors.Contains(after[0])),
            _ => true,
        };
    }

    private static bool IsCommand(string noun, string word) => noun == BatchNoun
        ? word == "file"
        : new[] { NounTable.Map, NounTable.Program, NounTable.Link }.First(n => n.Name == noun).Commands.Any(c => c.Name == word);
}
