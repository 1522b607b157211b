namespace KernelSim.Tool.Debug.Prompt;

/// <summary>Reads lines at a prompt, with the keys that shells have: arrows, history, Tab.</summary>
/// <param name="keys">Where key presses come from.</param>
/// <param name="output">The terminal.</param>
/// <param name="words">The words that Tab completes.</param>
/// <param name="width">Says how many columns the terminal has; null for as many as are needed.</param>
internal sealed class LineEditor(IKeySource keys, TextWriter output, IEnumerable<string> words, Func<int>? width = null)
{
    private const string Prompt = "kd> ";
    private const string ClearLine = "\r\u001b[K";
    private const string Gap = "  ";
    private const int FewestColumns = 10;

    private static readonly Dictionary<(ConsoleKey Key, ConsoleModifiers With), Action<EditLine>> s_actions = new()
    {
        [(ConsoleKey.LeftArrow, 0)] = l => l.Left(),
        [(ConsoleKey.B, ConsoleModifiers.Control)] = l => l.Left(),
        [(ConsoleKey.RightArrow, 0)] = l => l.Right(),
        [(ConsoleKey.F, ConsoleModifiers.Control)] = l => l.Right(),
        [(ConsoleKey.Home, 0)] = l => l.Home(),
        [(ConsoleKey.A, ConsoleModifiers.Control)] = l => l.Home(),
        [(ConsoleKey.End, 0)] = l => l.End(),
        [(ConsoleKey.E, ConsoleModifiers.Control)] = l => l.End(),
        [(ConsoleKey.Backspace, 0)] = l => l.Backspace(),
        [(ConsoleKey.Delete, 0)] = l => l.Delete(),
        [(ConsoleKey.U, ConsoleModifiers.Control)] = l => l.DeleteBefore(),
        [(ConsoleKey.K, ConsoleModifiers.Control)] = l => l.DeleteAfter(),
        [(ConsoleKey.W, ConsoleModifiers.Control)] = l => l.DeleteWord(),
        [(ConsoleKey.UpArrow, 0)] = l => l.Earlier(),
        [(ConsoleKey.P, ConsoleModifiers.Control)] = l => l.Earlier(),
        [(ConsoleKey.DownArrow, 0)] = l => l.Later(),
        [(ConsoleKey.N, ConsoleModifiers.Control)] = l => l.Later(),
    };

    private readonly List<string> _history = [];

    /// <summary>Reads a line; null at Ctrl-D on an empty one. Ctrl-C drops what was typed.</summary>
    public string? Read()
    {
        EditLine line = new(_history, words);
        Draw(line);
        while (true)
        {
            ConsoleKeyInfo key = keys.Next();
            bool isControl = key.Modifiers == ConsoleModifiers.Control;
            if (key.Key == ConsoleKey.Enter)
            {
                return Accept(line.Text);
            }

            if (isControl && key.Key == ConsoleKey.D && line.Text.Length == 0)
            {
                output.WriteLine();
                return null;
            }

            if (isControl && key.Key == ConsoleKey.C)
            {
                output.WriteLine();
                line = new EditLine(_history, words);
            }
            else if (key.Key == ConsoleKey.Tab)
            {
                Offer(line.Complete());
            }
            else if (s_actions.TryGetValue((key.Key, key.Modifiers), out Action<EditLine>? action))
            {
                action(line);
            }
            else if (!char.IsControl(key.KeyChar))
            {
                line.Insert(key.KeyChar);
            }

            Draw(line);
        }
    }

    private string Accept(string text)
    {
        output.WriteLine();
        output.Flush();
        if (text.Trim().Length > 0 && _history.LastOrDefault() != text)
        {
            _history.Add(text);
        }

        return text;
    }

    private int Columns => Math.Max(width?.Invoke() ?? int.MaxValue, FewestColumns);

    /// <summary>Shows the words that fit, as many whole ones on a line as it has room for.</summary>
    private void Offer(IReadOnlyList<string> fitting)
    {
        int used = int.MaxValue;
        foreach (string word in fitting)
        {
            if (used == int.MaxValue || used + Gap.Length + word.Length >= Columns)
            {
                output.WriteLine();
                used = 0;
            }
            else
            {
                output.Write(Gap);
                used += Gap.Length;
            }

            output.Write(word);
            used += word.Length;
        }

        if (fitting.Count > 0)
        {
            output.WriteLine();
        }
    }

    /// <summary>Draws the line on one row of the terminal: of one that is longer the part around the cursor.</summary>
    private void Draw(EditLine line)
    {
        int room = Columns == int.MaxValue ? int.MaxValue : Columns - Prompt.Length - 1;
        int start = line.Cursor < room ? 0 : line.Cursor - room + 1;
        string shown = line.Text.Substring(start, Math.Min(line.Text.Length - start, room));
        output.Write(ClearLine + Prompt + shown);
        int back = start + shown.Length - line.Cursor;
        if (back > 0)
        {
            output.Write($"\u001b[{back}D");
        }

        output.Flush();
    }
}
