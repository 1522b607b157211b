using System.Diagnostics.Tracing;

namespace KernelSim.Tracing.Tests.Support;

/// <summary>What tests assert of a recorded event.</summary>
internal static class RecordedEventAssertions
{
    /// <summary>The high bits, which belong to the runtime: EventSource marks its events there.</summary>
    private const EventKeywords Reserved = (EventKeywords)(-1L << 44);

    /// <summary>Fails unless this is the event that the sample call writes, from its id to the type of its last field.</summary>
    public static void AssertIs(this RecordedEvent recorded, TraceEventCase expected)
    {
        Assert.Equal(expected.Provider.Name, recorded.Provider);
        Assert.Equal(expected.Name, recorded.Name);
        Assert.Equal(expected.Attribute.EventId, recorded.Id);
        Assert.Equal(expected.Attribute.Level, recorded.Level);
        Assert.Equal(expected.Attribute.Keywords, recorded.Keywords & ~Reserved);
        Assert.Equal("sequence", recorded.Payload[^1].Key);
        Assert.Equal(expected.Payload, recorded.Payload.SkipLast(1));
    }
}
