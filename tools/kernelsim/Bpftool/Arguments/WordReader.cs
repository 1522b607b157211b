namespace KernelSim.Tool.Bpftool.Arguments;

/// <summary>Reads the words of a command, one after the other.</summary>
/// <param name="words">All words of the command line, without options.</param>
/// <param name="output">Where complaints go.</param>
internal sealed class WordReader(IReadOnlyList<string> words, BpftoolOutput output)
{
    private readonly List<string> _words = [.. words];
    private int _at;

    /// <summary>The next word; null after the last.</summary>
    public string? Current => _at < _words.Count ? _words[_at] : null;

    /// <summary>The word after the next; null if there is none.</summary>
    public string? Following => _at + 1 < _words.Count ? _words[_at + 1] : null;

    /// <summary>Number of words left.</summary>
    public int Left => Math.Max(0, _words.Count - _at);

    /// <summary>Whether the next word stands for a keyword.</summary>
    public bool Is(string keyword) => Keyword.Is(Current, keyword);

    /// <summary>Skips the next word.</summary>
    /// <exception cref="BpftoolExit">There was none.</exception>
    public void Skip()
    {
        if (++_at > _words.Count)
        {
            throw new BpftoolExit();
        }
    }

    /// <summary>Takes the next word, which is there.</summary>
    public string Take() => _words[_at++];

    /// <summary>Takes a word that stands anywhere ahead, such as an option of this verb.</summary>
    /// <returns>False if it does not.</returns>
    public bool TakeOption(string word) => Remove(_words.IndexOf(word, Math.Min(_at, _words.Count)), 1);

    /// <summary>Takes an option that stands anywhere ahead, and its value: the word after it, or what follows <c>=</c> in it.</summary>
    /// <returns>The value; null if the option is not there, or has none.</returns>
    public string? TakeValueOf(string option)
    {
        int at = _words.FindIndex(Math.Min(_at, _words.Count), w => w == option || w.StartsWith(option + "=", StringComparison.Ordinal));
        if (at < 0)
        {
            return null;
        }

        string word = _words[at];
        string? value = word.Length > option.Length ? word[(option.Length + 1)..] : at + 1 < _words.Count ? _words[at + 1] : null;
        Remove(at, word.Length > option.Length || value is null ? 1 : 2);
        return value ?? "";
    }

    /// <summary>Complains if fewer words are left.</summary>
    public bool Require(int count)
    {
        if (Left >= count)
        {
            return true;
        }

        output.Fail($"'{_words[_at - 1]}' needs at least {count} arguments, {Left} found");
        return false;
    }

    /// <summary>Complains about the next word.</summary>
    /// <returns>-1.</returns>
    public int Refuse() => output.Fail($"what is '{Current ?? "(null)"}'?");

    /// <summary>Reads the number after a keyword, which may be given once.</summary>
    /// <param name="value">In: 0 unless it was given before. Out: the number.</param>
    /// <param name="what">What it is.</param>
    public bool TryTakeNumber(ref uint value, string what)
    {
        Skip();
        if (value != 0)
        {
            output.Fail($"{what} already specified");
            return false;
        }

        if (!CNumber.TryParse(Current ?? "", out value))
        {
            output.Fail($"can't parse {Current} as {what}");
            return false;
        }

        Skip();
        return true;
    }

    private bool Remove(int at, int count)
    {
        if (at < 0)
        {
            return false;
        }

        _words.RemoveRange(at, count);
        return true;
    }
}
