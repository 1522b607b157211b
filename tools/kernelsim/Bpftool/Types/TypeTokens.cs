namespace KernelSim.Tool.Bpftool.Types;

/// <summary>The words, numbers and marks of a type that was written as in C.</summary>
internal sealed class TypeTokens
{
    private readonly List<string> _tokens = [];
    private int _at;

    /// <summary>Takes a text apart.</summary>
    public TypeTokens(string text)
    {
        for (int at = 0; at < text.Length;)
        {
            int start = at;
            while (at < text.Length && IsOfWord(text[at]))
            {
                at++;
            }

            at += at == start ? 1 : 0;
            if (!char.IsWhiteSpace(text[start]))
            {
                _tokens.Add(text[start..at]);
            }
        }
    }

    /// <summary>The next; empty at the end.</summary>
    public string Current => _at < _tokens.Count ? _tokens[_at] : "";

    /// <summary>Whether the next is a word: a name or a type.</summary>
    public bool IsWord => Current.Length > 0 && IsOfWord(Current[0]) && !char.IsAsciiDigit(Current[0]);

    /// <summary>Whether nothing is left.</summary>
    public bool AtEnd => _at == _tokens.Count;

    /// <summary>Takes the next.</summary>
    public string Take() => _at < _tokens.Count ? _tokens[_at++] : "";

    /// <summary>Takes the next if it is this.</summary>
    public bool TryTake(string token)
    {
        bool matches = Current == token;
        _at += matches ? 1 : 0;
        return matches;
    }

    private static bool IsOfWord(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';
}
