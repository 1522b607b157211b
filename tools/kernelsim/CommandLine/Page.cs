using Spectre.Console;

namespace KernelSim.Tool.CommandLine;

/// <summary>Text for people: headings, terms and paragraphs, wrapped to the console's width.</summary>
/// <param name="console">Where it goes.</param>
internal sealed class Page(ToolConsole console)
{
    private readonly IAnsiConsole _renderer = console.CreateRenderer();

    /// <summary>A line that starts a section, after an empty line unless it is the first.</summary>
    public void Heading(string text, bool first = false)
    {
        if (!first)
        {
            console.Out.WriteLine();
        }

        Line(text, new Style(decoration: Decoration.Bold));
    }

    /// <summary>One line that is not wrapped.</summary>
    /// <param name="text">The text.</param>
    /// <param name="style">How it looks where colours are allowed.</param>
    public void Line(string text, Style? style = null)
    {
        if (style is null || !console.Colours)
        {
            console.Out.WriteLine(text);
            return;
        }

        _renderer.Write(new Text(text, style));
        console.Out.WriteLine();
    }

    /// <summary>Words wrapped to the width, each line indented.</summary>
    /// <param name="text">The words.</param>
    /// <param name="indent">Columns of indentation.</param>
    /// <param name="label">What stands at the start of the first line, within the indentation.</param>
    public void Paragraph(string text, int indent = 0, string label = "")
    {
        string start = label.PadRight(indent);
        foreach (string line in Wrap(text, Math.Max(console.Width - indent, 20)))
        {
            console.Out.WriteLine(start + line);
            start = new string(' ', indent);
        }
    }

    private static IEnumerable<string> Wrap(string text, int width)
    {
        string line = "";
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line;
                line = word;
            }
            else
            {
                line = line.Length == 0 ? word : $"{line} {word}";
            }
        }

        yield return line;
    }
}
