namespace KernelSim.TraceAnalysis.Wording;

/// <summary>A part of a text whose width is the renderer's business. Control characters in it are escaped already.</summary>
public abstract record TextPart
{
    private TextPart()
    {
    }

    /// <summary>A line that starts a section, after an empty line.</summary>
    /// <param name="Text">The line.</param>
    public sealed record Heading(string Text) : TextPart;

    /// <summary>Words, to be wrapped.</summary>
    /// <param name="Text">The words.</param>
    /// <param name="Indent">Columns of indentation of each line.</param>
    /// <param name="Label">What stands in the indentation of the first line.</param>
    public sealed record Paragraph(string Text, int Indent = 0, string Label = "") : TextPart;

    /// <summary>Columns. A column of numbers is aligned to the right.</summary>
    /// <param name="Headings">The columns' names.</param>
    /// <param name="Rows">A cell for each column: a string, or a number.</param>
    public sealed record Table(IReadOnlyList<string> Headings, IReadOnlyList<IReadOnlyList<object>> Rows) : TextPart;
}
