namespace KernelSim.Tool.Bpftool.Arguments;

/// <summary>
/// Separates a command line's options, which stand anywhere, from its words, as <c>getopt_long</c> does. <c>--</c> ends the options. The first
/// that asks for help or does not exist ends the reading.
/// </summary>
internal sealed class OptionLine
{
    /// <summary>How the words of KernelSim's own options start; they belong to the verbs that take them.</summary>
    private static readonly string[] s_ofVerbs = ["--sum", "--layout", "--key", "--value"];

    private readonly List<string> _words = [];
    private readonly IReadOnlyList<string> _arguments;
    private int _at;

    private OptionLine(IReadOnlyList<string> arguments) => _arguments = arguments;

    /// <summary>The options.</summary>
    public BpftoolOptions Options { get; } = new();

    /// <summary>The words that are not options, in order.</summary>
    public IReadOnlyList<string> Words => _words;

    /// <summary>Reads a command line.</summary>
    /// <param name="arguments">The words after the tool's name.</param>
    public static OptionLine Read(IReadOnlyList<string> arguments)
    {
        OptionLine line = new(arguments);
        while (line._at < arguments.Count && line.Take(arguments[line._at]))
        {
            line._at++;
        }

        return line;
    }

    /// <summary>Takes a word.</summary>
    /// <returns>False if nothing is read after it.</returns>
    private bool Take(string word)
    {
        if (word == "--")
        {
            _words.AddRange(_arguments.Skip(_at + 1));
            return false;
        }

        if (word.Length < 2 || word[0] != '-' || Array.Exists(s_ofVerbs, o => word == o || word.StartsWith(o + "=", StringComparison.Ordinal)))
        {
            _words.Add(word);
            return true;
        }

        return word[1] == '-' ? TakeLong(word) : TakeLetters(word);
    }

    private bool TakeLong(string word)
    {
        string name = word[2..].Split('=', 2)[0];
        OptionRow[] rows = [.. OptionTable.All.Where(o => o.Name.StartsWith(name, StringComparison.Ordinal))];
        OptionRow? row = Array.Find(rows, o => o.Name == name) ?? (rows is [{ } only] ? only : null);
        bool hasValue = word.Contains('=', StringComparison.Ordinal);
        if (row is null || (hasValue && !row.TakesValue))
        {
            Options.Unrecognized = word;
            return false;
        }

        _at += row.TakesValue && !hasValue ? 1 : 0;
        return Set(row);
    }

    private bool TakeLetters(string word)
    {
        for (int i = 1; i < word.Length; i++)
        {
            if (OptionTable.All.FirstOrDefault(o => o.Letter == word[i]) is not { } row)
            {
                // bpftool names the word before the one that it has not finished.
                Options.Unrecognized = i == word.Length - 1 ? word : _at == 0 ? "bpftool" : _arguments[_at - 1];
                return false;
            }

            if (!Set(row))
            {
                return false;
            }

            if (row.TakesValue)
            {
                _at += i == word.Length - 1 ? 1 : 0;
                return true;
            }
        }

        return true;
    }

    private bool Set(OptionRow row)
    {
        row.Set(Options);
        return !Options.WantsHelp;
    }
}
