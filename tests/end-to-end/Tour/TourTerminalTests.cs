using System.Text.RegularExpressions;
using KernelSim.Tool.CommandLine;
using KernelSim.Tool.Rendering;
using KernelSim.Tool.Story;

namespace KernelSim.EndToEnd.Tests.Tour;

/// <summary>How blocks of a story look on consoles of different kinds.</summary>
public sealed partial class TourTerminalTests
{
    private static readonly StoryBlock[] s_story =
    [
        new TitleBlock("A title", "and what it is about"),
        new ChapterBlock("1", "a chapter", Run.Bad("crash")),
        new SceneBlock(Run.Code("call(map, 8)"), Run.Good("0")),
        ProseBlock.Labelled(
            "What",
            "Words that go on for longer than a line has room for, ",
            Run.Bad("some of them bad"),
            ", and then for a good deal more than that."),
        new GridBlock(
            "numbers",
            [new("name"), new("number", IsNumber: true), new("and a text")],
            [
                [["a"], ["1"], ["short"]],
                [["bcd"], ["1234567"], ["a text that is much longer than what is left of the line, so that it wraps below itself"]],
            ]),
        new PathBlock("path", [new("application", "calls"), new("library", Run.Bad("→ fails"))]),
        new StripBlock("strip", [new("heap", [new("values: 96 bytes|values", 8, Tone.Value), new("guard", 10, Tone.Guard), new("x", 1, Tone.Bad)])]),
    ];

    [Theory]
    [InlineData(100)]
    [InlineData(80)]
    [InlineData(72)]
    public void No_line_is_wider_than_the_terminal(int width)
    {
        foreach (bool colours in new[] { true, false })
        {
            string text = Render(c => c with { Width = width, Colours = colours });

            Assert.All(Escapes().Replace(text, string.Empty).Split('\n'), line => Assert.True(line.Length <= width, line));
        }
    }

    [Fact]
    public void Without_colours_tones_show_as_fillings_and_nothing_escapes()
    {
        string text = Render(c => c);

        Assert.Contains("heap |values.|guard####||", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\x1b', text);
    }

    [Fact]
    public void Without_utf8_every_character_is_ascii()
    {
        string text = Render(c => c with { Unicode = false });

        Assert.Contains("-> fails", text, StringComparison.Ordinal);
        Assert.DoesNotContain(text, c => c > 0x7e);
    }

    [Fact]
    public void A_long_last_cell_wraps_below_itself()
    {
        string[] lines = Render(c => c with { Width = 80 }).Split('\n');
        int first = Array.FindIndex(lines, l => l.Contains("bcd", StringComparison.Ordinal));
        int column = lines[first].IndexOf("a text", StringComparison.Ordinal);

        Assert.Equal(new string(' ', column), lines[first + 1][..column]);
        Assert.NotEqual(' ', lines[first + 1][column]);
    }

    [Fact]
    public void The_page_has_the_same_words_and_escapes_them()
    {
        string page = HtmlRenderer.Render([.. s_story, ProseBlock.Of("a < b & \"c\"")]);

        Assert.Contains("a &lt; b &amp; &quot;c&quot;", page, StringComparison.Ordinal);
        Assert.Contains("values: 96 bytes", page, StringComparison.Ordinal);
        Assert.Contains("some of them bad", page, StringComparison.Ordinal);
    }

    private static string Render(Func<ToolConsole, ToolConsole> configure)
    {
        using StringReader input = new(string.Empty);
        using StringWriter output = new() { NewLine = "\n" };
        using StringWriter error = new();
        new TerminalRenderer(configure(new ToolConsole(input, output, error))).Render(s_story);
        return output.ToString();
    }

    [GeneratedRegex("\x1b\\[[0-9;]*m")]
    private static partial Regex Escapes();
}
