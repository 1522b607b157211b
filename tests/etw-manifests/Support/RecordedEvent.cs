using System.Diagnostics.Tracing;

namespace KernelSim.Tracing.Tests.Support;

/// <summary>One event as some reader saw it.</summary>
internal sealed record RecordedEvent(
    string Provider, int Id, string Name, EventLevel Level, EventKeywords Keywords, IReadOnlyList<KeyValuePair<string, object>> Payload)
{
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
        Assert.Equal(expected.Payload, Payload);
    }
}
