namespace KernelSim.UserMode;

/// <summary>Reads a ring buffer's records: payloads of any length.</summary>
/// <example>
/// <code>
/// using RingBufferReader reader = events.OpenReader();
/// await foreach (ReadOnlyMemory&lt;byte&gt; record in reader.WithCancellation(stop))
/// {
///     Console.WriteLine(Convert.ToHexString(record.Span));
/// }
/// </code>
/// </example>
public sealed class RingBufferReader : RecordReader<ReadOnlyMemory<byte>>
{
    internal RingBufferReader(RingBufferMap map)
        : base(map, ringCount: 1)
    {
    }

    private protected override ReadOnlyMemory<byte> Make(int ring, byte[] bytes) => bytes;
}
