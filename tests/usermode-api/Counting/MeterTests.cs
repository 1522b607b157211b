using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using KernelSim.Nt;
using KernelSim.Nt.Mm;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.Tracing;
using KernelSim.UserMode.Tests.Support;

namespace KernelSim.UserMode.Tests.Counting;

/// <summary>What a listener of the meter learns about machines and libraries.</summary>
[Collection(nameof(TracedCollection))]
public partial class MeterTests
{
    private const string Calls = "kernelsim.calls";
    private const string Ioctls = "kernelsim.ioctls";
    private const string Refusals = "kernelsim.refusals";
    private const string Copied = "kernelsim.copied";
    private const string Pool = "kernelsim.pool.usage";

    [Fact]
    public void Calls_are_counted_by_function_and_errno()
    {
        using var lab = new Lab();
        int fd = lab.CreateMap(BpfMapType.Hash);
        ulong key = lab.Put(7u);
        ulong value = lab.Put(1UL);
        using MeterRecording meter = new();
        for (int i = 0; i < 5; i++)
        {
            Assert.Equal(0, lab.Library.bpf_map_update_elem(fd, key, value, 0));
            Assert.Equal(0, lab.Library.bpf_map_lookup_elem(fd, key, value));
        }

        lab.Write(key, 8u);
        Assert.True(lab.Library.bpf_map_lookup_elem(fd, key, value) < 0);

        Assert.Equal(
            new Dictionary<string, long>
            {
                ["function=bpf_map_update_elem errno=0"] = 5,
                ["function=bpf_map_lookup_elem errno=0"] = 5,
                ["function=bpf_map_lookup_elem errno=ENOENT"] = 1,
            },
            meter.Of(Calls));
    }

    [Fact]
    public void The_call_that_ends_its_process_and_those_after_it_are_counted_as_ESRCH()
    {
        using var lab = new Lab(LibraryVersion.Upstream);
        int fd = lab.CreateMap(BpfMapType.Hash);
        using MeterRecording meter = new();

        Assert.Throws<ProcessExitedException>(() => lab.Library.bpf_map_lookup_elem(fd, 64, 64));
        Assert.Equal(-(int)Errno.ESRCH, lab.Library.close(fd));

        Assert.Equal((1, 1), (
            meter[$"{Calls} function=bpf_map_lookup_elem errno=ESRCH"], meter[$"{Calls} function=close errno=ESRCH"]));
    }

    [Fact]
    public void Requests_are_counted_by_operation_and_status()
    {
        using var lab = new Lab();
        using var session = new BpfSession(lab.Process.Gate);
        using HashMap<uint, ulong> map = session.CreateHashMap<uint, ulong>("stats", 8);
        map[1] = 1;
        using MeterRecording meter = new();
        for (int i = 0; i < 3; i++)
        {
            Assert.True(map.TryGet(1, out _));
        }

        Assert.False(map.TryGet(2, out _));

        Assert.Equal(
            new Dictionary<string, long>
            {
                ["operation=map_find_element status=STATUS_SUCCESS"] = 3,
                ["operation=map_find_element status=STATUS_OBJECT_PATH_NOT_FOUND"] = 1,
            },
            meter.Of(Ioctls));
    }

    [Fact]
    public void A_refusal_is_counted_once_under_its_check_whoever_refuses()
    {
        using var lab = new Lab();
        using var session = new BpfSession(lab.Process.Gate);
        using HashMap<uint, ulong> map = session.CreateHashMap<uint, ulong>("stats", 1);
        map[1] = 1;
        using MeterRecording meter = new();

        Assert.True(lab.Library.close(77) < 0);
        Assert.Throws<BpfException>(() => map.UpdateBatch([1, 2], [1]));
        Assert.True(Assert.Throws<BpfException>(() => session.CreateHashMap<uint, ulong>("none", 0)).Is(CheckTable.MapCreateMaxEntries));
        Assert.True(Assert.Throws<BpfException>(() => session.CreateHashMap<uint, ulong>("none", 0)).Is(CheckTable.MapCreateMaxEntries));
        Assert.Throws<BpfException>(() => map.DeleteBatch([7])); // a missing key: an answer, no refusal

        Assert.Equal(
            new Dictionary<string, long>
            {
                ["check=api.descriptor"] = 1,
                ["check=typed.values_length"] = 1,
                ["check=map.create.max_entries"] = 2,
            },
            meter.Of(Refusals));
    }

    [Theory]
    [InlineData(LibraryVersion.Checked)]
    [InlineData(LibraryVersion.Upstream)]
    public void The_counts_are_those_of_the_events_whether_or_not_events_are_written(LibraryVersion version)
    {
        Dictionary<string, long> without;
        using (var lab = new Lab(version, cpus: 3))
        using (MeterRecording meter = new(Calls, Ioctls, Copied))
        {
            Work(lab);
            without = All(meter);
        }

        using (var lab = new Lab(version, cpus: 3, requestIdBase: RequestIds.BaseOf()))
        using (MeterRecording meter = new(Calls, Ioctls, Copied))
        using (MachineEvents recorder = new(EventRecorder.BothProviders))
        {
            Work(lab);
            Assert.Equal(without, All(meter));
            Assert.Equal(recorder.Named("ApiCallStop").Count(), meter.Total(Calls));
            Assert.Equal(
                recorder.Named("IoctlStop").CountBy(e => $"operation={e.Text("operation")} status={e.Text("status")}")
                    .ToDictionary(n => n.Key, n => (long)n.Value),
                meter.Of(Ioctls));
            Assert.Equal(
                recorder.Named("Copy").GroupBy(e => $"stage={e.Text("stage")}").ToDictionary(g => g.Key, g => g.Sum(e => e.Number("bytes"))),
                meter.Of(Copied));
            Assert.Equal(CopyStage.InOrder.Order(), meter.Of(Copied).Keys.Select(k => k["stage=".Length..]).Order());
        }
    }

    [Fact]
    public void Events_are_counted_by_provider()
    {
        const string Kernel = $"kernelsim.events provider={KernelEventSource.ProviderName}";
        const string Library = $"kernelsim.events provider={UserApiEventSource.ProviderName}";
        using var lab = new Lab();
        using MeterRecording meter = new();
        (long kernel, long library) = (meter[Kernel], meter[Library]);

        using EventRecorder recorder = new(EventRecorder.BothProviders);
        Work(lab);
        meter.Read();

        ILookup<string, RecordedEvent> events = recorder.Events.ToLookup(e => e.Provider);
        Assert.Equal(
            (events[KernelEventSource.ProviderName].Count(), events[UserApiEventSource.ProviderName].Count()),
            (meter[Kernel] - kernel, meter[Library] - library));
    }

    [Fact]
    public void Pool_is_summed_over_the_machines_that_run()
    {
        PoolTag tag = new("Cnts");
        const string Series = $"{Pool} tag=Cnts";
        using MeterRecording meter = new();
        long machines = meter["kernelsim.machines"];
        using Machine first = Machine.Boot();
        using (Machine second = Machine.Boot())
        {
            Allocate(first, tag, 100);
            Allocate(second, tag, 50);
            meter.Read();
            Assert.Equal((150, machines + 2), (meter[Series], meter["kernelsim.machines"]));

            second.Shutdown();
            meter.Read();
            Assert.Equal((100, machines + 1), (meter[Series], meter["kernelsim.machines"]));
        }

        Allocate(first, tag, 11);
        meter.Read();
        Assert.Equal((111, machines + 1), (meter[Series], meter["kernelsim.machines"]));
        Assert.Equal(first.Pool.Usage(tag).Bytes, meter[Series]);

        first.Dispose();
        meter.Read();
        Assert.Equal((0, machines), (meter[Series], meter["kernelsim.machines"]));
    }

    [Fact]
    public void A_machine_that_was_forgotten_is_not_kept_alive()
    {
        using MeterRecording meter = new();
        long machines = meter["kernelsim.machines"];
        WeakReference forgotten = BootAndForget();

        for (int i = 0; i < 20 && forgotten.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(forgotten.IsAlive);
        meter.Read();
        Assert.Equal(machines, meter["kernelsim.machines"]);
    }

    [Fact]
    public void Machines_may_boot_work_and_shut_down_while_the_meter_is_read()
    {
        using MeterRecording meter = new();
        long machines = meter["kernelsim.machines"];
        int running = 3;
        HostThread[] threads = [.. Enumerable.Range(0, running).Select(_ => HostThread.Run(() =>
        {
            try
            {
                for (int i = 0; i < 20; i++)
                {
                    using var lab = new Lab();
                    lab.Fill(lab.CreateMap(BpfMapType.Hash), BpfMapType.Hash, 10);
                }
            }
            finally
            {
                Interlocked.Decrement(ref running);
            }
        }))];
        while (Volatile.Read(ref running) > 0)
        {
            meter.Read();
        }

        Assert.All(threads, t => t.Join());
        meter.Read();
        Assert.Equal(machines, meter["kernelsim.machines"]);
        Assert.Equal(60, meter[$"{Calls} function=bpf_map_update_batch errno=0"]);
    }

    [Fact]
    public void Counting_allocates_nothing()
    {
        using var lab = new Lab(cpus: 2);
        using var session = new BpfSession(lab.Process.Gate);
        using PerCpuHashMap<uint, ulong> map = session.CreatePerCpuHashMap<uint, ulong>("m", 256);
        uint[] keys = [.. Enumerable.Range(0, 200).Select(i => (uint)i)];
        var values = new ulong[400];
        var cursor = new BatchCursor();
        map.UpdateBatch(keys, values);
        long sum = 0;
        using MeterListener listener = new();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Meter.Name == KernelSimMeter.MeterName && !instrument.IsObservable)
            {
                l.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => sum += value);
        listener.Start();

        // What a collection takes away, and what the kernel allocates now and then, is not allocated in every round.
        long least = long.MaxValue;
        for (int round = 0; round < 10; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 10; i++)
            {
                map.Set(7, values.AsSpan(0, 2));
                map.TryGet(7, values.AsSpan(0, 2));
                map.TryGet(1000, values.AsSpan(0, 2));
                cursor.Reset();
                map.LookupBatch(cursor, keys, values);
            }

            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);
        Assert.True(sum > 0);
    }

    [Fact]
    public void The_page_lists_the_instruments_with_their_kinds_and_units()
    {
        using MeterRecording meter = new();

        Assert.Equal(
            InstrumentRow().Matches(Repository.ReadText("docs", "metrics.md"))
                .Select(m => (m.Groups[1].Value, m.Groups[2].Value, m.Groups[3].Value)).Order(),
            meter.Instruments.Select(i => (i.Name, KindOf(i), i.Unit!)).Order());
        Assert.All(meter.Instruments, i => Assert.EndsWith(".", i.Description));
    }

    [GeneratedRegex(@"^\| `(kernelsim\.[a-z.]+)` \| ([a-z -]+) \| `([^`]+)` \|", RegexOptions.Multiline)]
    private static partial Regex InstrumentRow();

    private static string KindOf(Instrument instrument) =>
        instrument.GetType().Name.Contains("UpDown", StringComparison.Ordinal) ? "up-down counter" : "counter";

    private static Dictionary<string, long> All(MeterRecording meter) =>
        new[] { Calls, Ioctls, Copied }.SelectMany(meter.Of).ToDictionary(s => s.Key, s => s.Value);

    /// <summary>Calls that copy in every stage: single ones, batches over several messages, and ones that fail half-way.</summary>
    private static void Work(Lab lab)
    {
        int fd = lab.CreateMap(BpfMapType.PercpuHash, maxEntries: 5000);
        lab.Fill(fd, BpfMapType.PercpuHash, 4000);
        Batch batch = lab.NewBatch(fd, 4000, 4, lab.ValueBytes(BpfMapType.PercpuHash, 8));
        Assert.Equal(0, batch.Lookup(lab.Options()));
        Assert.True(batch.Update(lab.Options(elemFlags: (ulong)EbpfMapOption.NoExist)) < 0);

        int trie = lab.CreateMap(BpfMapType.LpmTrie, keySize: 8);
        ulong prefix = lab.Put(32u, 0x0A00_0001u);
        ulong value = lab.Put(1UL);
        Assert.Equal(0, lab.Library.bpf_map_update_elem(trie, prefix, value, 0));
        Assert.Equal(0, lab.Library.bpf_map_lookup_elem(trie, prefix, value));
        Assert.Equal(0, lab.Library.bpf_map_get_next_key(trie, 0, prefix));

        using var session = new BpfSession(lab.Process.Gate);
        using PerCpuHashMap<uint, uint> map = session.CreatePerCpuHashMap<uint, uint>("padded", 100);
        uint[] keys = [.. Enumerable.Range(0, 50).Select(i => (uint)i)];
        var values = new uint[50 * lab.Cpus];
        map.UpdateBatch(keys, values);
        Assert.Equal(50, map.LookupBatch(new BatchCursor(), keys, values).Count);
        Assert.True(map.TryGet(1, values.AsSpan(0, lab.Cpus)));
        map.Set(1, values.AsSpan(0, lab.Cpus));
        batch.CountNow = 4000;
        Assert.Equal(0, batch.Delete(lab.Options()));
    }

    private static unsafe void Allocate(Machine machine, PoolTag tag, nuint bytes) =>
        Assert.True(machine.Pool.Allocate(bytes, tag) != null);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference BootAndForget() => new(Machine.Boot());
}
