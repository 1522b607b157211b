namespace KernelSim.Tool.Debug.Prompt;

/// <summary>A line that is being edited: its text, the place of the cursor, and the lines before it.</summary>
internal sealed class EditLine(IReadOnlyList<string> history, IEnumerable<string> words)
{
    private int _at = history.Count;
    private string _kept = "";

    public string Text { get; private set; } = "";

    public int Cursor { get; private set; }

    public void Insert(char letter)
    {
        Text = Text.Insert(Cursor, letter.ToString());
        Cursor++;
    }

    public void Left() => Cursor = Math.Max(Cursor - 1, 0);

    public void Right() => Cursor = Math.Min(Cursor + 1, Text.Length);

    public void Home() => Cursor = 0;

    public void End() => Cursor = Text.Length;

    public void Backspace()
    {
        if (Cursor > 0)
        {
            Text = Text.Remove(--Cursor, 1);
        }
    }

    public void Delete()
    {
        if (Cursor < Text.Length)
        {
            Text = Text.Remove(Cursor, 1);
        }
    }

    /// <summary>Deletes from the start to the cursor.</summary>
    public void DeleteBefore() => (Text, Cursor) = (Text[Cursor..], 0);

    /// <summary>Deletes from the cursor to the end.</summary>
    public void DeleteAfter() => Text = Text[..Cursor];

    /// <summary>Deletes the word before the cursor.</summary>
    public void DeleteWord()
    {
        int start = Cursor;
        while (start > 0 && Text[start - 1] == ' ')
        {
            start--;
        }

        while (start > 0 && Text[start - 1] != ' ')
        {
            start--;
        }

        (Text, Cursor) = (Text.Remove(start, Cursor - start), start);
    }

    /// <summary>The line before this one in the history.</summary>
    public void Earlier()
    {
        if (_at > 0)
        {
            _kept = _at == history.Count ? Text : _kept;
            Show(history[--_at]);
        }
    }

    /// <summary>The line after this one in the history; after the last, what was being typed.</summary>
    public void Later()
    {
        if (_at < history.Count)
        {
            Show(++_at == history.Count ? _kept : history[_at]);
        }
    }

    /// <summary>
    /// Completes the word before the cursor as far as it is clear, with a space if it is whole. Returns the words that it could be, if that is not.
    /// </summary>
    public IReadOnlyList<string> Complete()
    {
        int start = Text.LastIndexOfAny([' ', ';'], Math.Max(Cursor - 1, 0)) + 1;
        string typed = Text[Math.Min(start, Cursor)..Cursor];
        string[] fitting =
            [.. words.Where(w => w.StartsWith(typed, StringComparison.OrdinalIgnoreCase)).Distinct().Order(StringComparer.Ordinal)];
        if (typed.Length == 0 || fitting.Length == 0)
        {
            return fitting;
        }

        string common = fitting[0];
        foreach (string word in fitting)
        {
            int same = 0;
            while (same < Math.Min(common.Length, word.Length) && char.ToUpperInvariant(common[same]) == char.ToUpperInvariant(word[same]))
            {
                same++;
            }

            common = common[..same];
        }

        string whole = fitting.Length == 1 ? common + " " : common;
        (Text, Cursor) = (Text.Remove(start, typed.Length).Insert(start, whole), start + whole.Length);
        return fitting.Length == 1 || whole.Length > typed.Length ? [] : fitting;
    }

    private void Show(string line) => (Text, Cursor) = (line, line.Length);
}
