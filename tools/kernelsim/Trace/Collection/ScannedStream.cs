namespace KernelSim.Tool.Trace.Collection;

/// <summary>A stream of events that is read by somebody else, with a scan of what passes.</summary>
/// <param name="events">The stream; not owned.</param>
/// <param name="scan">The scan.</param>
internal sealed class ScannedStream(Stream events, ProviderScan scan) : Stream
{
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
        int length = events.Read(buffer);
        scan.Add(buffer[..length]);
        return length;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
