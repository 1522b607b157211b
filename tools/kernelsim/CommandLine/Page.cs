using Spectre.Console;

namespace KernelSim.Tool.CommandLine;

/// <summary>Text for people: headings, terms and paragraphs, wrapped to the console's width.</summary>
internal sealed class Page
{
    private readonly ToolConsole _console;
    private readonly IAnsiConsole _renderer;

    /// <summary>Makes a page.</summary>
    /// <param name="console">Where it goes.</param>
    public Page(ToolConsole console)
    {
        _console = console;
        _renderer = console.CreateRenderer();
        console.NoteNarrowness();
    }

    /// <summary>A line that starts a section, after an empty line unless it is the first; it wraps where the width is too small.</summary>
    public void Heading(string text, bool first = false)
    {
        if (!first)
        {
            _console.Out.WriteLine();
        }

        Line(text, new Style(decoration: Decoration.Bold));
    }

    /// <summary>One line, which goes on below itself where the width is too small.</summary>
    /// <param name="text">The text; spaces at its start indent all of it.</param>
    /// <param name="style">How it looks where colours are allowed.</param>
    public void Line(string text, Style? style = null)
    {
        text = _console.Spell(text);
        string indent = text[..^text.TrimStart(' ').Length];
        int width = _console.LayoutWidth;
        IEnumerable<string> lines = CellText.Width(text) <= width
            ? [text]
            : CellText.Wrap(text, width - indent.Length - 2).Select((line, i) => indent + (i == 0 ? "" : "  ") + line);
        foreach (string line in lines)
        {
            if (style is not null && _console.Colours)
            {
                _renderer.Write(new Text(line, style));
                _console.Out.WriteLine();
            }
            else
            {
                _console.Out.WriteLine(line);
            }
        }
    }

    /// <summary>Words wrapped to the width, each line indented.</summary>
    /// <param name="text">Text to wrap.</param>
    /// <param name="indent">Columns of indentation.</param>
    /// <param name="label">Text at the start of the first line, within the indentation.</param>
    public void Paragraph(string text, int indent = 0, string label = "")
    {
        string start = CellText.PadRight(_console.Spell(label), indent);
        foreach (string line in CellText.Wrap(_console.Spell(text), _console.LayoutWidth - indent))
        {
            _console.Out.WriteLine(start + line);
            start = new string(' ', indent);
        }
    }
}
