namespace KernelSim.TraceAnalysis.NetTrace;

/// <summary>
/// The header of an event or of a metadata record. A compressed header holds only what differs from the previous one in its block.
/// </summary>
internal struct BlobHeader
{
    private const string Metadata = "metadata id of an event";
    private const string Number = "sequence number of an event";
    private const string Thread = "thread of an event";
    private const string Tick = "timestamp of an event";

    /// <summary>Id of the event's metadata; 0 in a metadata record.</summary>
    public uint MetadataId { get; private set; }

    /// <summary>The event's number among those of its capture thread.</summary>
    public uint SequenceNumber { get; private set; }

    /// <summary>The thread that wrote the event.</summary>
    public long CaptureThread { get; private set; }

    /// <summary>The thread that the event is about.</summary>
    public long ThreadId { get; private set; }

    /// <summary>Time of the event, in ticks.</summary>
    public long Timestamp { get; private set; }

    /// <summary>Whether no event that follows in the file is older.</summary>
    public bool IsSorted { get; private set; }

    /// <summary>Length of the payload in bytes.</summary>
    public int PayloadSize { get; private set; }

    /// <summary>Length of the padding after the payload in bytes.</summary>
    public int Padding { get; private set; }

    /// <summary>Reads the next header; this one holds the previous one's fields.</summary>
    public void Read(ref SpanReader reader, bool isCompressed)
    {
        long at = reader.Offset;
        if (isCompressed)
        {
            ReadCompressed(ref reader);
        }
        else
        {
            ReadPlain(ref reader);
        }

        if (PayloadSize < 0)
        {
            throw TraceDamageException.Of(at, "payload size of an event", PayloadSize, "0 or more");
        }
    }

    private void ReadCompressed(ref SpanReader reader)
    {
        const int GuidSize = 16;
        Parts parts = (Parts)reader.Byte("flags of an event");
        if (parts.HasFlag(Parts.MetadataId))
        {
            MetadataId = reader.VarUInt32(Metadata);
        }

        if (parts.HasFlag(Parts.Capture))
        {
            SequenceNumber = unchecked(SequenceNumber + reader.VarUInt32(Number) + 1);
            CaptureThread = unchecked((long)reader.VarUInt64(Thread));
            reader.VarUInt32("processor of an event");
        }
        else if (MetadataId != 0)
        {
            SequenceNumber = unchecked(SequenceNumber + 1);
        }

        if (parts.HasFlag(Parts.Thread))
        {
            ThreadId = unchecked((long)reader.VarUInt64(Thread));
        }

        if (parts.HasFlag(Parts.Stack))
        {
            reader.VarUInt32("stack of an event");
        }

        Timestamp = unchecked(Timestamp + (long)reader.VarUInt64(Tick));
        reader.Bytes((parts.HasFlag(Parts.Activity) ? GuidSize : 0) + (parts.HasFlag(Parts.RelatedActivity) ? GuidSize : 0), "activity of an event");
        IsSorted = parts.HasFlag(Parts.Sorted);
        if (parts.HasFlag(Parts.PayloadSize))
        {
            PayloadSize = unchecked((int)reader.VarUInt32("payload size of an event"));
        }
    }

    private void ReadPlain(ref SpanReader reader)
    {
        const uint NotSorted = 0x8000_0000;
        const int ActivitiesSize = 32;
        long at = reader.Offset;
        int size = reader.Int32("size of an event");
        long first = reader.Offset;
        uint id = unchecked((uint)reader.Int32(Metadata));
        MetadataId = id & ~NotSorted;
        IsSorted = (id & NotSorted) == 0;
        SequenceNumber = unchecked((uint)reader.Int32(Number));
        ThreadId = reader.Int64(Thread);
        CaptureThread = reader.Int64(Thread);
        reader.Int32("processor of an event");
        reader.Int32("stack of an event");
        Timestamp = reader.Int64(Tick);
        reader.Bytes(ActivitiesSize, "activity of an event");
        PayloadSize = reader.Int32("payload size of an event");

        long padding = size - (reader.Offset - first) - PayloadSize;
        if (padding is < 0 or > 3)
        {
            throw TraceDamageException.Of(at, "size of an event", size, $"its header and {PayloadSize} bytes of payload");
        }

        Padding = (int)padding;
    }

    /// <summary>The fields that a compressed header carries.</summary>
    [Flags]
    private enum Parts
    {
        MetadataId = 1,
        Capture = 2,
        Thread = 4,
        Stack = 8,
        Activity = 16,
        RelatedActivity = 32,
        Sorted = 64,
        PayloadSize = 128,
    }
}
