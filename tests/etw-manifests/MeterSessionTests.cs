using System.Diagnostics.Tracing;
using System.Globalization;
using Microsoft.Diagnostics.NETCore.Client;
using Microsoft.Diagnostics.Tracing;

namespace KernelSim.Tracing.Tests;

/// <summary>The meter as <c>dotnet-counters</c> reads it: through the diagnostics port, from the runtime's provider of metrics.</summary>
public sealed class MeterSessionTests
{
    private const string Provider = "System.Diagnostics.Metrics";
    private const EventKeywords TimeSeriesValues = (EventKeywords)0x2;

    [Fact]
    public async Task A_tool_outside_the_process_reads_the_counters_with_their_tags()
    {
        Assert.SkipUnless(ShortTempFolder.HasOwnPort, "TMPDIR is too long for this process's diagnostics port.");
        Assert.False(KernelSimMeter.CountsCopies);
        DiagnosticsClient client = new(Environment.ProcessId);
        using EventPipeSession session = client.StartEventPipeSession(
            [
                new EventPipeProvider(Provider, EventLevel.Informational, (long)TimeSeriesValues, new Dictionary<string, string>
                {
                    ["SessionId"] = nameof(MeterSessionTests),
                    ["Metrics"] = KernelSimMeter.MeterName,
                    ["RefreshInterval"] = "0.1",
                    ["MaxTimeSeries"] = "100",
                    ["MaxHistograms"] = "1",
                }),
            ],
            requestRundown: false);
        using EventPipeEventSource source = new(session.EventStream);
        TaskCompletionSource<string> counts = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource<string> sum = new(TaskCreationOptions.RunContinuationsAsynchronously);
        double copied = 0;
        source.Dynamic.All += data =>
        {
            string name = data.ProviderName == Provider ? data.EventName : string.Empty;
            if (name.StartsWith("BeginInstrumentReporting", StringComparison.Ordinal) && Text(data, "instrumentName") == "kernelsim.copied")
            {
                counts.TrySetResult(Text(data, "unit"));
            }

            if (name.StartsWith("CounterRateValuePublished", StringComparison.Ordinal)
                && Text(data, "instrumentName") == "kernelsim.copied"
                && Text(data, "tags") == "stage=BufferIn")
            {
                copied += double.Parse(Text(data, "rate"), CultureInfo.InvariantCulture);
                if (copied >= 300)
                {
                    sum.TrySetResult(Text(data, "meterName"));
                }
            }
        };
        Task reading = Task.Run(source.Process, TestContext.Current.CancellationToken);

        Assert.Equal("By", await counts.Task.Within("the session to count bytes"));
        KernelSimMeter.Copied(CopyStage.BufferIn, 100);
        KernelSimMeter.Copied(CopyStage.BufferIn, 200);

        Assert.Equal(KernelSimMeter.MeterName, await sum.Task.Within("the sum of the bytes"));
        await session.StopAsync(TestContext.Current.CancellationToken);
        await reading.Within("the end of the session");
        Assert.Equal(300, copied);
        Assert.False(KernelSimMeter.CountsCopies);
    }

    private static string Text(TraceEvent data, string field) => data.PayloadStringByName(field);
}
