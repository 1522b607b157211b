using System.Text;
using KernelSim.Protocol;
using KernelSim.Tool.Bpftool.Hosting;

namespace KernelSim.Tool.Bpftool.Batches;

/// <summary>Lines of a file as C's <c>fgets</c> reads them into a buffer: a byte a character.</summary>
/// <param name="content">The file.</param>
internal sealed class BatchLines(Stream content)
{
    /// <summary>Most bytes of a line, with its line feed. What is longer is read in parts.</summary>
    public const int LongestLine = 65535;

    private readonly byte[] _buffer = new byte[1 << 14];
    private readonly byte[] _line = new byte[LongestLine];
    private int _next;
    private int _end;

    /// <summary>Why the file could not be read to its end.</summary>
    public Errno Problem { get; private set; }

    /// <summary>Reads a line: with its line feed, but only up to a byte 0 in it.</summary>
    /// <returns>Null at the end, or if the file cannot be read.</returns>
    public string? Next()
    {
        int length = 0;
        while (length < LongestLine && (_next < _end || Fill()))
        {
            ReadOnlySpan<byte> rest = _buffer.AsSpan(_next, Math.Min(_end - _next, LongestLine - length));
            int feed = rest.IndexOf((byte)'\n');
            rest = rest[..(feed < 0 ? rest.Length : feed + 1)];
            rest.CopyTo(_line.AsSpan(length));
            _next += rest.Length;
            length += rest.Length;
            if (feed >= 0)
            {
                break;
            }
        }

        return length == 0 || Problem != Errno.None ? null : Encoding.Latin1.GetString(_line, 0, LengthOf(_line.AsSpan(0, length)));
    }

    /// <summary>The text that bytes of a line stand for.</summary>
    public static string TextOf(string bytes) => Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(bytes));

    private static int LengthOf(ReadOnlySpan<byte> line)
    {
        int end = line.IndexOf((byte)0);
        return end < 0 ? line.Length : end;
    }

    private bool Fill()
    {
        try
        {
            (_next, _end) = (0, content.Read(_buffer));
        }
        catch (Exception exception) when (HostFiles.ErrnoOf(exception) is { } errno)
        {
            (_next, _end, Problem) = (0, 0, errno);
        }

        return _end > 0;
    }
}
