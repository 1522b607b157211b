using System.Text;

namespace KernelSim.Tool.Serve;

/// <summary>Bytes as they arrive, taken out as lines. Not for two threads at once.</summary>
/// <param name="limit">Most bytes of a line, its end not counted.</param>
internal sealed class LineBuffer(int limit)
{
    private const int FirstSize = 4096;

    private byte[] _bytes = new byte[FirstSize];
    private int _start;
    private int _searched;
    private int _end;

    /// <summary>True when what is there is the beginning of a line that is too long. Nothing more can be taken.</summary>
    public bool IsTooLong => _searched == _end && _end - _start > limit;

    /// <summary>Room for the next bytes: never empty.</summary>
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

    /// <summary>So many bytes have been put into the room.</summary>
    public void Add(int count) => _end += count;

    /// <summary>Takes the next whole line, without its end.</summary>
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
            // As if its end had not come: the line stays, and is too long.
            (_searched, _end) = (end, end);
            return false;
        }

        line = Text(end);
        _start = _searched = end + 1;
        return true;
    }

    /// <summary>Takes what came after the last line's end, when nothing more will come.</summary>
    public bool TryTakeRest(out string line)
    {
        line = Text(_end);
        bool any = _end > _start;
        _start = _searched = _end;
        return any;
    }

    private string Text(int end) => Encoding.UTF8.GetString(_bytes, _start, end - _start).TrimEnd('\r');
}
