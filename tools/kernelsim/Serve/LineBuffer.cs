using System.Text;

namespace KernelSim.Tool.Serve;

/// <summary>Splits received bytes into lines. Not thread-safe.</summary>
/// <param name="limit">Maximum length of a line in bytes, without its end.</param>
internal sealed class LineBuffer(int limit)
{
    private const int FirstSize = 4096;

    private byte[] _bytes = new byte[FirstSize];
    private int _start;
    private int _searched;
    private int _end;

    /// <summary>True if the buffer starts with a line that is too long. Nothing more can be taken.</summary>
    public bool IsTooLong => _searched == _end && _end - _start > limit;

    /// <summary>Free space for the next bytes: never empty.</summary>
    public Memory<byte> Room()
    {
        if (_start > 0)
        {
            _bytes.AsSpan(_start, _end - _start).CopyTo(_bytes);
            (_searched, _end, _start) = (_searched - _start, _end - _start, 0);
        }

        if (_end == _bytes.Length)
        {
            Array.Resize(ref _bytes, _bytes.Length * 2);
        }

        return _bytes.AsMemory(_end);
    }

    /// <summary>Reports the number of bytes written to the free space.</summary>
    public void Add(int count) => _end += count;

    /// <summary>Takes the next complete line, without its end.</summary>
    public bool TryTake(out string line)
    {
        int length = _bytes.AsSpan(_searched, _end - _searched).IndexOf((byte)'\n');
        line = "";
        if (length < 0)
        {
            _searched = _end;
            return false;
        }

        int end = _searched + length;
        if (end - _start > limit)
        {
            // Treated as if its end had not arrived: the line stays, and is too long.
            (_searched, _end) = (end, end);
            return false;
        }

        line = Text(end);
        _start = _searched = end + 1;
        return true;
    }

    /// <summary>Takes what follows the last line's end, once nothing more will arrive.</summary>
    public bool TryTakeRest(out string line)
    {
        line = Text(_end);
        bool any = _end > _start;
        _start = _searched = _end;
        return any;
    }

    private string Text(int end) => Encoding.UTF8.GetString(_bytes, _start, end - _start).TrimEnd('\r');
}
