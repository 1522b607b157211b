using KernelSim.TraceAnalysis.Events;
using KernelSim.TraceAnalysis.Recording;
using Microsoft.Diagnostics.Tracing;

namespace KernelSim.TraceAnalysis.Tests.NetTrace;

/// <summary>Compares the reader with TraceEvent, which reads the same format: they must agree on intact files.</summary>
[Collection("recorders")]
public sealed class TraceLibraryTests
{
    private const int Writers = 4;
    private const int Calls = 300;

    [Fact]
    public void The_events_of_several_threads_are_those_that_the_trace_library_reads()
    {
        using TraceRecorder recorder = TraceRecorder.Start();
        HostThread[] threads =
        [
            .. Enumerable.Range(0, Writers).Select(_ => HostThread.Run(() =>
            {
                for (int i = 0; i < Calls; i++)
                {
                    new Story().Call().Values(96).Ioctl(s => s.Fetch(3)).Refuse(96, 512).Return(-22, "EINVAL");
                }
            })),
        ];
        foreach (HostThread thread in threads)
        {
            thread.Join();
        }

        TraceLog log = recorder.Stop();

        List<string> expected = ReadWithLibrary(recorder.Path!, out int lost);
        Assert.InRange(expected.Count, Writers * Calls, int.MaxValue);
        Assert.Equal(expected.Count, log.Events.Count);
        Assert.Equal(expected.Order(StringComparer.Ordinal), log.Events.Select(Line).Order(StringComparer.Ordinal));
        Assert.Equal(log.Events.Select(e => e.Header.TimeUs).Order(), log.Events.Select(e => e.Header.TimeUs));
        Assert.Equal(lost, log.LostEvents);
        Assert.Equal(0, log.LostEvents);
    }

    private static List<string> ReadWithLibrary(string path, out int lost)
    {
        List<string> lines = [];
        using EventPipeEventSource source = new(path);
        source.Dynamic.All += data =>
        {
            if (data.ProviderName.StartsWith("KernelSim-", StringComparison.Ordinal) && (ushort)data.ID != 0xFFFE)
            {
                IEnumerable<string> fields = data.PayloadNames.Select((name, i) => FormattableString.Invariant($"{name}={data.PayloadValue(i)}"));
                string name = data.EventName.Replace("/", string.Empty, StringComparison.Ordinal);
                long keywords = (long)data.Keywords;
                lines.Add(FormattableString.Invariant(
                    $"{data.TimeStampRelativeMSec:F3} {data.ProcessID} {data.ThreadID} {data.ProviderName} {name} {data.Level} {keywords:x} ")
                    + string.Join(' ', fields));
            }
        };
        source.Process();
        lost = source.EventsLost;
        return lines;
    }

    private static string Line(TracedEvent e)
    {
        EventHeader h = e.Header;
        IEnumerable<string> fields = Enumerable.Range(0, h.Payload.Count)
            .Select(i => FormattableString.Invariant($"{h.Payload[i].Name}={h.Payload[i].Value}"));
        return FormattableString.Invariant(
            $"{h.TimeUs / 1000:F3} {h.HostProcessId} {h.HostThreadId} {h.Provider} {h.Name} {h.Level} {h.Keywords:x} ") + string.Join(' ', fields);
    }
}
