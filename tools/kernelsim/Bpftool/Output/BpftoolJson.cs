using System.Globalization;

namespace KernelSim.Tool.Bpftool.Output;

/// <summary>
/// Writes JSON with bpftool's white space. Indented, an object or array begins on the line that it is on, each name begins a line, the
/// elements of an array stay on one, and what is not empty ends on a line of its own.
/// </summary>
/// <param name="output">Receives the text.</param>
/// <param name="pretty">Whether to indent.</param>
internal sealed class BpftoolJson(TextWriter output, bool pretty)
{
    private const string Indentation = "    ";

    private int _depth;
    private bool _needsComma;

    /// <summary>Begins an object.</summary>
    public void BeginObject() => Begin('{');

    /// <summary>Ends an object.</summary>
    public void EndObject() => End('}');

    /// <summary>Begins an array.</summary>
    public void BeginArray() => Begin('[');

    /// <summary>Ends an array.</summary>
    public void EndArray() => End(']');

    /// <summary>The name of the next value.</summary>
    public void Name(string name)
    {
        Separate();
        BreakLine();
        _needsComma = false;
        JsonEscapes.Write(output, name);
        output.Write(pretty ? ": " : ":");
    }

    /// <summary>Text that is JSON already.</summary>
    public void Raw(ReadOnlySpan<char> json)
    {
        Separate();
        output.Write(json);
    }

    /// <summary>A string.</summary>
    public void Text(string value)
    {
        Separate();
        JsonEscapes.Write(output, value);
    }

    /// <summary>A number.</summary>
    public void Number<T>(T value)
        where T : ISpanFormattable
    {
        Span<char> digits = stackalloc char[40];
        value.TryFormat(digits, out int length, default, CultureInfo.InvariantCulture);
        Raw(digits[..length]);
    }

    /// <summary>A truth value.</summary>
    public void Bool(bool value) => Raw(value ? "true" : "false");

    /// <summary>Null.</summary>
    public void Null() => Raw("null");

    /// <summary>A named string.</summary>
    public void Text(string name, string value)
    {
        Name(name);
        Text(value);
    }

    /// <summary>A named number.</summary>
    public void Number<T>(string name, T value)
        where T : ISpanFormattable
    {
        Name(name);
        Number(value);
    }

    /// <summary>A named truth value.</summary>
    public void Bool(string name, bool value)
    {
        Name(name);
        Bool(value);
    }

    /// <summary>Ends the document: a line.</summary>
    public void End() => output.Write('\n');

    private void Begin(char bracket)
    {
        Separate();
        output.Write(bracket);
        _depth++;
        _needsComma = false;
    }

    private void End(char bracket)
    {
        _depth--;
        if (_needsComma)
        {
            BreakLine();
        }

        output.Write(bracket);
        _needsComma = true;
    }

    private void Separate()
    {
        if (_needsComma)
        {
            output.Write(',');
        }

        _needsComma = true;
    }

    private void BreakLine()
    {
        if (!pretty)
        {
            return;
        }

        output.Write('\n');
        for (int i = 0; i < _depth; i++)
        {
            output.Write(Indentation);
        }
    }
}
