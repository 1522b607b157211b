namespace KernelSim.TraceAnalysis.NetTrace;

/// <summary>
/// The bytes of a stream in order. Memory grows with what has arrived, never with what a length field promises.
/// </summary>
/// <param name="stream">The stream, read from its position.</param>
internal sealed class ByteSource(Stream stream)
{
    private byte[] _buffer = new byte[1 << 16];
    private int _start;
    private int _end;

    /// <summary>How many bytes have been taken.</summary>
    public long Offset { get; private set; }

    /// <summary>Takes the next bytes. They are valid until the next call.</summary>
    /// <exception cref="EndOfStreamException">The stream ends before.</exception>
    public ReadOnlySpan<byte> Take(int length)
    {
        ReadOnlySpan<byte> bytes = TakeUpTo(length);
        return bytes.Length == length ? bytes : throw new EndOfStreamException();
    }

    /// <summary>Takes the next bytes, fewer where the stream ends before. They are valid until the next call.</summary>
    public ReadOnlySpan<byte> TakeUpTo(int length)
    {
        while (_end - _start < length && Fill(length))
        {
        }

        ReadOnlySpan<byte> bytes = _buffer.AsSpan(_start, Math.Min(length, _end - _start));
        _start += bytes.Length;
        Offset += bytes.Length;
        return bytes;
    }

    /// <summary>Reads once more; a session that still runs hands over what it has.</summary>
    private bool Fill(int wanted)
    {
        if (_start + wanted > _buffer.Length)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
            if (_end == _buffer.Length)
            {
                Array.Resize(ref _buffer, _buffer.Length * 2);
            }
        }

        int read = stream.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        return read > 0;
    }
}
