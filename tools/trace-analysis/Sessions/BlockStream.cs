using System.Threading.Channels;

namespace KernelSim.TraceAnalysis.Sessions;

/// <summary>Blocks of bytes that one thread adds and another reads as a stream, which blocks until there are more or the end is signalled.</summary>
internal sealed class BlockStream : Stream
{
    private readonly Channel<byte[]> _blocks = Channel.CreateUnbounded<byte[]>(new UnboundedChannelOptions { SingleReader = true });
    private byte[] _current = [];
    private int _read;
    private long _waiting;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Number of bytes added and not yet read.</summary>
    public long Waiting => Interlocked.Read(ref _waiting);

    public void Add(byte[] block)
    {
        Interlocked.Add(ref _waiting, block.Length);
        _blocks.Writer.TryWrite(block);
    }

    /// <summary>Signals that no more blocks follow. May be called more than once.</summary>
    public void End() => _blocks.Writer.TryComplete();

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        if (_read == _current.Length)
        {
            if (!_blocks.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult() || !_blocks.Reader.TryRead(out byte[]? next))
            {
                return 0;
            }

            Interlocked.Add(ref _waiting, -next.Length);
            _current = next;
            _read = 0;
        }

        int length = Math.Min(buffer.Length, _current.Length - _read);
        _current.AsSpan(_read, length).CopyTo(buffer);
        _read += length;
        return length;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
