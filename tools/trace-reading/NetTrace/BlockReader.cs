namespace KernelSim.TraceAnalysis.NetTrace;

/// <summary>Reads the blocks of a trace: metadata, events, stacks and sequence points.</summary>
/// <param name="clock">The trace's clock.</param>
/// <param name="sorter">Receives the events.</param>
/// <param name="drops">Receives the sequence numbers.</param>
/// <param name="others">Counts events of other providers.</param>
internal sealed class BlockReader(TraceClock clock, EventSorter sorter, DropCounter drops, Dictionary<string, long> others)
{
    private const string Events = "EventBlock";
    private const string Descriptions = "MetadataBlock";
    private const string Stacks = "StackBlock";
    private const string SequencePoint = "SPBlock";

    private readonly Dictionary<uint, EventDescription> _kinds = [];
    private readonly TextPool _texts = new();

    /// <summary>Type names of the blocks.</summary>
    public static IReadOnlyList<string> Blocks { get; } = [Events, Descriptions, Stacks, SequencePoint];

    /// <summary>Reads a block.</summary>
    public void Read(string name, SpanReader reader)
    {
        switch (name)
        {
            case Events:
                ReadEvents(reader);
                break;
            case Descriptions:
                ReadDescriptions(reader);
                break;
            case Stacks:
                ReadStacks(reader);
                break;
            default:
                ReadSequencePoint(reader);
                break;
        }
    }

    private void ReadEvents(SpanReader reader)
    {
        BlockPrefix block = BlockPrefix.Read(ref reader);
        BlobHeader header = default;
        while (reader.Remaining > 0)
        {
            long at = reader.Offset;
            header.Read(ref reader, block.IsCompressed);
            if (!_kinds.TryGetValue(header.MetadataId, out EventDescription? kind))
            {
                throw TraceDamageException.Of(at, "metadata id of an event", header.MetadataId, "one that was described before");
            }

            if (header.Timestamp < block.First || header.Timestamp > block.Last || !clock.IsPossible(header.Timestamp))
            {
                throw TraceDamageException.Of(
                    at, "timestamp of an event", header.Timestamp, $"{block.First} to {block.Last}, after the recording began");
            }

            long payloadAt = reader.Offset;
            ReadOnlySpan<byte> payload = reader.Bytes(header.PayloadSize, "payload of an event");
            reader.Bytes(Math.Min(header.Padding, reader.Remaining), "padding of an event");
            Take(header, kind, new SpanReader(payload, payloadAt));
        }
    }

    private void Take(in BlobHeader header, EventDescription kind, SpanReader payload)
    {
        PendingEvent? ours = kind.IsOurs
            ? new PendingEvent(header.Timestamp, kind, header.ThreadId, kind.ReadPayload(payload, _texts))
            : null;
        drops.Event(header.CaptureThread, header.SequenceNumber);
        if (header.IsSorted)
        {
            sorter.FlushBefore(header.Timestamp);
        }

        if (ours is { } e)
        {
            sorter.Add(e);
        }
        else if (kind.IsForeign)
        {
            others[kind.Provider] = others.GetValueOrDefault(kind.Provider) + 1;
        }
    }

    private void ReadDescriptions(SpanReader reader)
    {
        BlockPrefix block = BlockPrefix.Read(ref reader);
        BlobHeader header = default;
        while (reader.Remaining > 0)
        {
            long at = reader.Offset;
            header.Read(ref reader, block.IsCompressed);
            if (header.MetadataId != 0)
            {
                throw TraceDamageException.Of(at, "metadata id of a description", header.MetadataId, "0");
            }

            at = reader.Offset;
            EventDescription kind = EventDescription.Read(new SpanReader(reader.Bytes(header.PayloadSize, "description of an event"), at));
            reader.Bytes(Math.Min(header.Padding, reader.Remaining), "padding of an event");
            if (!_kinds.TryAdd(kind.Id, kind))
            {
                throw TraceDamageException.Of(at, "metadata id", kind.Id, "one that was not described before");
            }
        }
    }

    /// <summary>Stacks are not used, only checked.</summary>
    private static void ReadStacks(SpanReader reader)
    {
        reader.Int32("first stack id");
        int count = reader.Int32("number of stacks", 0, int.MaxValue);
        for (int i = 0; i < count; i++)
        {
            reader.Bytes(reader.Int32("size of a stack"), "stack");
        }

        RequireEnd(reader, "stacks");
    }

    private void ReadSequencePoint(SpanReader reader)
    {
        reader.Int64("timestamp of a sequence point");
        int count = reader.Int32("number of threads", 0, int.MaxValue);
        sorter.Flush();
        for (int i = 0; i < count; i++)
        {
            long thread = reader.Int64("thread of a sequence point");
            drops.Checkpoint(thread, unchecked((uint)reader.Int32("sequence number of a thread")));
        }

        RequireEnd(reader, "threads");
    }

    private static void RequireEnd(SpanReader reader, string what)
    {
        if (reader.Remaining > 0)
        {
            throw TraceDamageException.Of(reader.Offset, $"end of the {what}", $"{reader.Remaining} more bytes", "none");
        }
    }
}
