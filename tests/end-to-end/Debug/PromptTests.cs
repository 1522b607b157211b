using KernelSim.Tool.Debug.Prompt;

namespace KernelSim.EndToEnd.Tests.Debug;

public sealed class PromptTests
{
    private static readonly string[] s_words = ["!machine", "!map", "!maps", "!process", "db"];

    [Theory]
    [InlineData("!pr\t8\n", "!process 8")]
    [InlineData("!p\t\n", "!process ")]
    [InlineData("!m\t\n", "!ma")]
    [InlineData("!machine; !p\t\n", "!machine; !process ")]
    [InlineData("nothing\t\n", "nothing")]
    [InlineData("db\b\b!map\n", "!map")]
    public void Tab_completes_a_word_as_far_as_it_is_clear(string keys, string line) => Assert.Equal(line, Editor(keys).Read());

    [Fact]
    public void Words_that_fit_are_offered_when_none_is_clear()
    {
        using StringWriter output = new() { NewLine = "\n" };
        Assert.Equal("!map", new LineEditor(new Keys("!map\t\n"), output, s_words).Read());
        Assert.Contains("\n!map  !maps\n", output.ToString());
    }

    [Fact]
    public void A_line_that_is_longer_than_the_terminal_stays_on_one_row()
    {
        using StringWriter output = new() { NewLine = "\n" };
        LineEditor editor = new(new Keys("0123456789abcdefghij\u0001\n"), output, s_words, () => 16);

        Assert.Equal("0123456789abcdefghij", editor.Read());
        string[] drawn = output.ToString().Split("\r\u001b[K");
        Assert.All(drawn, d => Assert.True(d.Split('\u001b')[0].TrimEnd('\n').Length < 16, d));
        Assert.Equal("kd> abcdefghij", drawn[^2]);
        Assert.Equal("kd> 0123456789a\u001b[11D\n", drawn[^1]);
    }

    [Fact]
    public void Offered_words_are_not_broken()
    {
        using StringWriter output = new() { NewLine = "\n" };
        new LineEditor(new Keys("!\t\n"), output, s_words, () => 14).Read();

        Assert.Contains("\n!machine\n!map  !maps\n!process\n", output.ToString());
    }

    [Fact]
    public void History_goes_back_and_forth_and_keeps_what_was_being_typed()
    {
        LineEditor editor = Editor("one\ntwo\nthr\u0010\u0010\u000e\n\u0010\u0010\u000e\u000e\n");

        Assert.Equal(["one", "two", "two", ""], Enumerable.Range(0, 4).Select(_ => editor.Read()));
    }

    [Fact]
    public void Control_keys_edit_the_line()
    {
        LineEditor editor = Editor("abc\u0001x\u0005y\u0002\u0002\u000b\nfirst second\u0017\nlost\u0003kept\nab\u0015cd\n\u0004");

        Assert.Equal(["xab", "first ", "kept", "cd", null], Enumerable.Range(0, 5).Select(_ => editor.Read()));
    }

    private static LineEditor Editor(string keys) => new(new Keys(keys), TextWriter.Null, s_words);

    /// <summary>Keys from a text: its control characters are keys with Control, but for Tab, Enter and Backspace.</summary>
    private sealed class Keys(string text) : IKeySource
    {
        private int _next;

        public ConsoleKeyInfo Next()
        {
            char letter = text[_next++];
            ConsoleKey? key = letter switch { '\t' => ConsoleKey.Tab, '\n' => ConsoleKey.Enter, '\b' => ConsoleKey.Backspace, _ => null };
            bool isControl = key is null && letter < ' ';
            return new ConsoleKeyInfo(letter, key ?? (isControl ? ConsoleKey.A + (letter - 1) : default), shift: false, alt: false, isControl);
        }
    }
}
