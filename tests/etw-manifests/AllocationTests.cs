using System.Diagnostics.Tracing;
using KernelSim.Tracing.Tests.Support;

namespace KernelSim.Tracing.Tests;

public sealed class AllocationTests
{
    private const int Warmup = 50;
    private const int Calls = 100;
    private const int Rounds = 5;

    [Fact]
    public void Nothing_is_allocated_while_nobody_listens()
    {
        Assert.All(TraceEventCase.Providers, p => Assert.False(p.IsEnabled()));

        Assert.Empty(FindAllocatingEvents());
    }

    [Fact]
    public async Task Nothing_is_allocated_for_an_event_that_event_pipe_records()
    {
        IReadOnlyList<string> allocating = [];

        IReadOnlyList<RecordedEvent> heard = await EventPipeRecording.Record(() => allocating = FindAllocatingEvents());

        Assert.Equal(TraceEventCase.All.Count * (Warmup + (Rounds * Calls)), heard.Count);
        Assert.Empty(allocating);
    }

    [Fact]
    public async Task A_start_event_opens_no_ambient_activity_even_while_the_runtime_tracks_them()
    {
        // The runtime tracks activities while somebody asks for keyword TasksFlowActivityIds of its own task provider.
        EventSource tasks = EventSource.GetSources().Single(s => s.Name == "System.Threading.Tasks.TplEventSource");
        Guid before = EventSource.CurrentThreadActivityId;
        Guid inside = before;

        await EventPipeRecording.Record(() => EventRecorder.Record(tasks, EventLevel.Informational, (EventKeywords)0x80, () =>
        {
            KernelEventSource.Log.IoctlStart(1, 0, 4, "map_find_element", 24, 16);
            inside = EventSource.CurrentThreadActivityId;
            KernelEventSource.Log.IoctlStop(1, 0, "map_find_element", "STATUS_SUCCESS", 16);
        }));

        Assert.Equal(before, inside);
    }

    /// <summary>Events whose calls allocate on this thread, with the bytes.</summary>
    private static List<string> FindAllocatingEvents() => [.. TraceEventCase.All.Select(FindAllocation).OfType<string>()];

    /// <remarks>
    /// A collection takes the rest of the thread's allocation buffer away and may count it as allocated. What an event allocates is allocated
    /// in every round.
    /// </remarks>
    private static string? FindAllocation(TraceEventCase candidate)
    {
        Action call = candidate.CompileCall();
        Repeat(call, Warmup);
        long least = long.MaxValue;
        for (int round = 0; round < Rounds; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            Repeat(call, Calls);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least == 0 ? null : $"{candidate}: {least} bytes in {Calls} calls";
    }

    private static void Repeat(Action call, int times)
    {
        for (int i = 0; i < times; i++)
        {
            call();
        }
    }
}
