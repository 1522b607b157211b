using System.Text;
using KernelSim.LabScripts;

namespace KernelSim.Tool.CommandLine;

/// <summary>
/// Text whose lines are read no further than a line may be long: a device without an end is noticed before it fills the memory. Lines
/// end with a line feed; a carriage return before it is not part of them.
/// </summary>
/// <param name="inner">Where it comes from; disposed of here.</param>
internal sealed class BoundedReader(TextReader inner) : TextReader
{
    /// <summary>Most characters of a line.</summary>
    public const int LongestLine = ScriptLine.Longest;

    private readonly char[] _buffer = new char[1 << 14];
    private readonly StringBuilder _line = new();
    private int _next;
    private int _end;

    /// <summary>Whether the next line has arrived in full, so that reading it does not wait.</summary>
    public bool HasLine => _buffer.AsSpan(_next, _end - _next).Contains('\n');

    /// <inheritdoc/>
    public override int Peek() => _next < _end || Fill() ? _buffer[_next] : -1;

    /// <inheritdoc/>
    public override int Read() => _next < _end || Fill() ? _buffer[_next++] : -1;

    /// <summary>
    /// The next line; null after the last one. For a line that is too long, returns a beginning that is too long as well; for one with a
    /// character 0, the text up to it. Readers stop after either.
    /// </summary>
    public override string? ReadLine()
    {
        _line.Clear();
        while (_next < _end || Fill())
        {
            ReadOnlySpan<char> rest = _buffer.AsSpan(_next, _end - _next);
            int length = rest.IndexOfAny('\n', '\0');
            bool isZero = length >= 0 && rest[length] == '\0';
            _line.Append(length < 0 ? rest : rest[..(isZero ? length + 1 : length)]);
            _next += length < 0 ? rest.Length : length + 1;
            if (length >= 0 || _line.Length > LongestLine)
            {
                return Line();
            }
        }

        return _line.Length == 0 ? null : Line();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private string Line()
    {
        if (_line.Length > 0 && _line[^1] == '\r')
        {
            _line.Length--;
        }

        return _line.ToString();
    }

    private bool Fill()
    {
        (_next, _end) = (0, inner.Read(_buffer));
        return _end > 0;
    }
}
