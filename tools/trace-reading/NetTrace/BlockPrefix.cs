namespace KernelSim.TraceAnalysis.NetTrace;

/// <summary>The header of an event block or a metadata block.</summary>
/// <param name="IsCompressed">Whether event headers are compressed.</param>
/// <param name="First">Tick of the oldest event.</param>
/// <param name="Last">Tick of the newest event.</param>
internal readonly record struct BlockPrefix(bool IsCompressed, long First, long Last)
{
    /// <summary>Reads the header.</summary>
    public static BlockPrefix Read(ref SpanReader reader)
    {
        const int LeastSize = 20;
        const int Compressed = 1;
        long at = reader.Offset;
        int size = (ushort)reader.Int16("size of a block's header");
        if (size < LeastSize)
        {
            throw TraceDamageException.Of(at, "size of a block's header", size, $"{LeastSize} or more");
        }

        at = reader.Offset;
        int flags = reader.Int16("flags of a block");
        if ((flags & ~Compressed) != 0)
        {
            throw TraceDamageException.Of(at, "flags of a block", flags, "0 or 1");
        }

        BlockPrefix header = new(flags == Compressed, reader.Int64("first timestamp of a block"), reader.Int64("last timestamp of a block"));
        reader.Bytes(size - LeastSize, "header of a block");
        return header;
    }
}
