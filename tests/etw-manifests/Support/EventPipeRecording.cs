using System.Diagnostics.Tracing;
using Microsoft.Diagnostics.NETCore.Client;
using Microsoft.Diagnostics.Tracing;

namespace KernelSim.Tracing.Tests.Support;

/// <summary>Hears the providers as <c>dotnet-trace</c> would: an EventPipe session on this process, stopped, then read.</summary>
internal static class EventPipeRecording
{
    /// <summary>What both providers say while code runs, in order. Fails if an event was lost.</summary>
    public static async Task<IReadOnlyList<RecordedEvent>> Record(Action code)
    {
        Assert.SkipUnless(ShortTempFolder.HasOwnPort, "TMPDIR is too long for this process's diagnostics port.");
        DiagnosticsClient client = new(Environment.ProcessId);
        using EventPipeSession session = client.StartEventPipeSession(
            TraceEventCase.Providers.Select(p => new EventPipeProvider(p.Name, EventLevel.Verbose, (long)EventKeywords.All)),
            requestRundown: false);

        // Stopping waits until the stream has been taken, so somebody must be taking it.
        using MemoryStream trace = new();
        Task copying = session.EventStream.CopyToAsync(trace, TestContext.Current.CancellationToken);
        try
        {
            code();
        }
        finally
        {
            await session.StopAsync(TestContext.Current.CancellationToken);
            await copying;
        }

        trace.Position = 0;
        return Read(trace);
    }

    private static List<RecordedEvent> Read(Stream trace)
    {
        using EventPipeEventSource source = new(trace);
        List<RecordedEvent> events = [];
        source.Dynamic.All += data =>
        {
            if (TraceEventCase.Providers.Any(p => p.Name == data.ProviderName))
            {
                events.Add(new RecordedEvent(
                    data.ProviderName,
                    (int)data.ID,
                    data.EventName.Replace("/", string.Empty, StringComparison.Ordinal),
                    (EventLevel)data.Level,
                    (EventKeywords)data.Keywords,
                    [.. data.PayloadNames.Select((name, i) => KeyValuePair.Create(name, data.PayloadValue(i)))])
                {
                    Wire = data.EventData(),
                });
            }
        };
        source.Process();
        Assert.Equal(0, source.EventsLost);
        return events;
    }
}
