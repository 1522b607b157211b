using System.Diagnostics.Tracing;

namespace KernelSim.Tracing.Tests.Support;

/// <summary>One event as some reader saw it.</summary>
internal sealed record RecordedEvent(
    string Provider, int Id, string Name, EventLevel Level, EventKeywords Keywords, IReadOnlyList<KeyValuePair<string, object>> Payload)
{
    /// <summary>The payload's bytes, where the reader shows them.</summary>
    public byte[] Wire { get; init; } = [];

    /// <summary>The number that the provider gave it.</summary>
    public ulong Sequence => Assert.IsType<ulong>(Payload[^1].Value);

    /// <summary>The fields between the first two and the sequence number.</summary>
    public IEnumerable<KeyValuePair<string, object>> OwnFields => Payload.Skip(2).SkipLast(1);

    /// <summary>The high bits, which belong to the runtime: EventSource marks its events there.</summary>
    private const EventKeywords Reserved = (EventKeywords)(-1L << 44);

    /// <summary>Fails unless this is the event that the sample call writes, from its id to the type of its last field.</summary>
    public void AssertIs(TraceEventCase expected)
    {
        Assert.Equal(expected.Provider.Name, Provider);
        Assert.Equal(expected.Name, Name);
        Assert.Equal(expected.Attribute.EventId, Id);
        Assert.Equal(expected.Attribute.Level, Level);
        Assert.Equal(expected.Attribute.Keywords, Keywords & ~Reserved);
        Assert.Equal("sequence", Payload[^1].Key);
        Assert.Equal(expected.Payload, Payload.SkipLast(1));
    }
}
