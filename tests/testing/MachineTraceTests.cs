using KernelSim.TraceAnalysis;
using KernelSim.TraceAnalysis.Events;
using KernelSim.UserMode;

namespace KernelSim.Testing.Tests;

/// <summary>What is recorded of a machine.</summary>
public sealed class MachineTraceTests : KernelTest
{
    [Fact]
    public void The_trace_begins_with_the_boot_and_numbers_its_own_requests()
    {
        using HashMap<uint, ulong> map = Bpf.CreateHashMap<uint, ulong>("counts", maxEntries: 8);
        TraceLog log = Trace.Read();

        Assert.IsType<MachineStartEvent>(log.Events[0]);
        Assert.InRange(log.Requests[0].Id, 1ul, 9ul);
        Assert.Contains(log.Requests, r => r.Start?.Function == "bpf_map_create" && r.Library?.Version == "checked");
        Assert.True(log.Coverage.HasRefusals);
        Assert.False(log.Coverage.HasCopies);
        Assert.Equal(0, log.LostEvents);
    }

    [Fact]
    public async Task Machines_side_by_side_have_their_own_events()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(
            () =>
            {
                WatchedMachine watched = Boot(new KernelTestOptions { Trace = i % 2 == 0 ? TraceDetail.Checks : TraceDetail.Verbose });
                for (int round = 0; round < 20; round++)
                {
                    using HashMap<uint, ulong> map = watched.Bpf.CreateHashMap<uint, ulong>($"map{i}", maxEntries: 8);
                    map[1] = 2;
                }

                TraceLog log = watched.Trace.Read();
                Assert.Equal(Enumerable.Repeat($"map{i}", 20), log.Events.OfType<MapCreateEvent>().Select(e => e.Name));
                Assert.Equal(i % 2 == 1, log.Events.OfType<CopyEvent>().Any());
                Assert.Equal(i % 2 == 1, log.Events.OfType<PoolEvent>().Any());
                Assert.True(log.Requests.Max(r => r.Id) < 1000);
            },
            TestContext.Current.CancellationToken)));
    }

    [Fact]
    public void A_full_trace_drops_the_oldest_events_but_those_that_explain_later_ones()
    {
        WatchedMachine watched = Boot(new KernelTestOptions { TraceCapacity = 100 });
        using HashMap<uint, ulong> map = watched.Bpf.CreateHashMap<uint, ulong>("counts", maxEntries: 8);
        for (uint key = 0; key < 100; key++)
        {
            map[key % 8] = key;
        }

        TraceLog log = watched.Trace.Read();
        Assert.Equal(watched.Trace.Count, log.LostEvents + log.Events.Count);
        Assert.InRange(log.Events.Count, 100, 120);
        Assert.Single(log.Events.OfType<MachineStartEvent>());
        Assert.Single(log.Events.OfType<MapCreateEvent>());
        Assert.Equal("checked", log.Requests[^1].Library?.Version);
    }

    [Fact]
    public void A_trace_of_calls_has_refusals_and_no_numbers()
    {
        WatchedMachine watched = Boot(new KernelTestOptions { Trace = TraceDetail.Calls });
        Assert.Throws<BpfException>(() => watched.Bpf.CreateHashMap<uint, ulong>("none", maxEntries: 0));
        TraceLog log = watched.Trace.Read();

        RequestView refused = Assert.Single(log.Requests, r => r.Refusal is not null);
        Assert.Null(refused.RefusedCheck);
        Assert.True(log.Coverage.HasRefusals);
        Assert.False(log.Coverage.HasCopies);
    }

    [Fact]
    public void A_trace_can_be_off_and_can_be_cleared()
    {
        WatchedMachine watched = Boot(new KernelTestOptions { Trace = TraceDetail.Off });
        watched.Bpf.Synchronize();
        Assert.Equal(0, watched.Trace.Count);

        Bpf.Synchronize();
        Trace.Clear();
        Assert.Empty(Trace.Read().Events);
    }
}
