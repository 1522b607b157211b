namespace KernelSim.Tool.Trace;

/// <summary>A stream that is read by another, with a look at every byte that passes.</summary>
/// <param name="source">The stream; not owned.</param>
/// <param name="tap">Called with the bytes of each read, before the reader gets them.</param>
internal sealed class TappedStream(Stream source, TappedStream.Tap tap) : Stream
{
    /// <summary>Takes bytes that were read.</summary>
    public delegate void Tap(ReadOnlySpan<byte> bytes);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        int length = source.Read(buffer);
        tap(buffer[..length]);
        return length;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
