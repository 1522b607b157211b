using System.Buffers.Binary;
using System.Runtime.InteropServices;
using KernelSim.NetEbpfExt.Contexts;
using KernelSim.NetEbpfExt.Events;
using KernelSim.Nt.Io;
using KernelSim.Protocol;
using KernelSim.Samples.SampleExt;
using KernelSim.Samples.Tests.C.Running;
using KernelSim.Samples.Tests.Programs;
using KernelSim.UserMode;

namespace KernelSim.Samples.Tests.C;

/// <summary>The objects of <c>samples/c</c>, loaded, attached and run by events, in both engines and compiled to native modules.</summary>
public sealed class LoadedSampleTests : IDisposable
{
    private readonly ProgramLab _lab = new();
    private readonly List<IDisposable> _attached = [];

    public LoadedSampleTests() => Assert.Equal(NtStatus.Success, _lab.Machine.LoadDriver(new SampleExtDriver(), out DriverObject? _));

    public static TheoryData<string> Objects => [.. SampleFiles.Objects.Where(o => !o.Contains('/', StringComparison.Ordinal))];

    public static TheoryData<EbpfExecutionType> Engines => [EbpfExecutionType.Interpret, EbpfExecutionType.Jit, EbpfExecutionType.Native];

    public void Dispose()
    {
        _attached.Reverse();
        _attached.ForEach(a => a.Dispose());
        _lab.Dispose();
    }

    [Theory]
    [MemberData(nameof(Objects))]
    public void Each_object_loads_into_both_engines_and_as_a_native_module(string name)
    {
        foreach (EbpfExecutionType engine in Engines.Select(row => row.Data))
        {
            using BpfModule module = CompiledModules.Load(_lab.Machine, _lab.Session, name, engine);
            Assert.NotEmpty(module.Programs);
        }
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void The_counter_counts_packets_and_bytes_by_port_where_they_arrive(EbpfExecutionType engine)
    {
        BpfModule module = Run("counter.o", engine, "count_packets");
        Deliver(0, Packet(53, payload: 10));
        Deliver(0, Packet(53, payload: 10));
        Deliver(2, Packet(53, payload: 20));
        using PerCpuHashMap<uint, Counters> stats = _lab.Session.OpenPerCpuHashMap<uint, Counters>(module.MapId("stats"));
        Counters[] counters = new Counters[ProgramLab.Cpus];
        Assert.True(stats.TryGet(53, counters));
        Assert.Equal([2u, 0u, 1u, 0u], counters.Select(c => c.Packets));
        Assert.Equal([104u, 0u, 62u, 0u], counters.Select(c => c.Bytes));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void A_chain_of_tail_calls_ends_in_the_last_program(EbpfExecutionType engine)
    {
        BpfModule module = Run("tail_call_chain.o", engine, "first");
        Assert.Equal(NetworkAction.Block, Deliver(1, Packet(80)));
        using PerCpuArrayMap<ulong> runs = _lab.Session.OpenPerCpuArrayMap<ulong>(module.MapId("runs"));
        Assert.Equal([1ul, 1, 1], Enumerable.Range(0, 3).Select(i => Sum(runs, (uint)i)));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void The_firewall_rejects_what_is_in_its_map(EbpfExecutionType engine)
    {
        BpfModule module = Run("connect_firewall.o", engine, "firewall4", "firewall6");
        NetworkEvent connect = Connect("10.1.2.3", 443);
        Assert.NotEqual(NetworkAction.Block, Deliver(0, connect));
        using HashMap<Rule, ulong> blocked = _lab.Session.OpenHashMap<Rule, ulong>(module.MapId("blocked"));
        blocked[new Rule { Port = BinaryPrimitives.ReverseEndianness((ushort)443), Family = 2 }] = 0;
        Assert.Equal(NetworkAction.Block, Deliver(0, connect));
        Assert.NotEqual(NetworkAction.Block, Deliver(0, Connect("10.1.2.3", 80)));
        Assert.Equal(1ul, Assert.Single(blocked).Value);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void The_log_has_a_record_for_each_connection(EbpfExecutionType engine)
    {
        BpfModule module = Run("connect_log.o", engine, "log_connection");
        using RingBufferMap ring = _lab.Session.OpenRingBufferMap(module.MapId("connections"));
        using RingBufferReader reader = ring.OpenReader();
        Deliver(3, Connect("10.1.2.3", 443) with { ProcessId = 77 });
        Assert.True(reader.TryRead(out ReadOnlyMemory<byte> record));
        Assert.Equal(77ul, BinaryPrimitives.ReadUInt64LittleEndian(record.Span[8..]));
        Assert.Equal(3, BinaryPrimitives.ReadUInt16LittleEndian(record.Span[22..]));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void The_histogram_has_a_bucket_for_each_power_of_two(EbpfExecutionType engine)
    {
        BpfModule module = Run("packet_histogram.o", engine, "count_sizes");
        Deliver(0, Packet(1, payload: 0)); // 42 bytes
        Deliver(1, Packet(1, payload: 100));
        using PerCpuArrayMap<ulong> sizes = _lab.Session.OpenPerCpuArrayMap<ulong>(module.MapId("sizes"));
        Assert.Equal((1ul, 0ul, 1ul), (Sum(sizes, 5), Sum(sizes, 6), Sum(sizes, 7)));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void An_event_that_a_program_counts_allocates_nothing(EbpfExecutionType engine)
    {
        Run("packet_histogram.o", engine, "count_sizes");
        NetworkEvent packet = Packet(1);
        Deliver(0, packet);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Deliver(0, packet);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void The_allow_list_takes_the_longest_prefix(EbpfExecutionType engine)
    {
        BpfModule module = Run("allow_list.o", engine, "allow_listed");
        NetworkEvent accept = new(NetworkEventKind.Accept) { RemoteAddress = NetworkAddress.Parse("10.1.2.3"), LocalPort = 80 };
        Assert.Equal(NetworkAction.Block, Deliver(0, accept));
        using LpmTrieMap<uint, uint> networks = _lab.Session.OpenLpmTrieMap<uint, uint>(module.MapId("networks"));
        networks[new LpmKey<uint>(8, 10)] = 1;
        Assert.NotEqual(NetworkAction.Block, Deliver(0, accept));
        networks[new LpmKey<uint>(16, 10 | (1 << 8))] = 0;
        Assert.Equal(NetworkAction.Block, Deliver(0, accept));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Global_variables_have_their_first_values_and_keep_what_programs_write(EbpfExecutionType engine)
    {
        BpfModule module = Run("globals.o", engine, "limit_ports");
        NetworkEvent bind = new(NetworkEventKind.Bind) { ProcessId = 5, LocalPort = 1000, Application = "a.exe" };
        NetworkAction[] actions = [.. Enumerable.Range(0, 10).Select(_ => Deliver(0, bind))];
        Assert.Equal([8, 2], [actions.Count(a => a != NetworkAction.Block), actions.Count(a => a == NetworkAction.Block)]);
        Assert.Equal(new Pair(10, 2), Variables<Pair>(module, "globals.bss"));
        Assert.Equal(1ul, Variables<ulong>(module, "globals.data"));
        Assert.Equal(new Pair(8, 0), Variables<Pair>(module, "globals.rodata"));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Functions_are_called_from_both_sections(EbpfExecutionType engine)
    {
        Run("functions.o", engine, "only_known_hosts");
        NetworkEvent connect = Connect("10.1.2.3", 443);
        Assert.Equal(NetworkAction.Block, Deliver(0, connect));
        Assert.NotEqual(NetworkAction.Block, Deliver(1, connect));
        Assert.Equal(NetworkAction.Block, Deliver(1, Connect("10.1.2.4", 443)));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void A_map_of_maps_has_its_first_table(EbpfExecutionType engine)
    {
        BpfModule module = Run("port_tables.o", engine, "count_by_interface");
        Deliver(0, Packet(53));
        Deliver(1, Packet(53));
        Deliver(1, Packet(53) with { InterfaceIndex = 2 });
        using PerCpuHashMap<ushort, ulong> table = _lab.Session.OpenPerCpuHashMap<ushort, ulong>(module.MapId("table"));
        ulong[] counts = new ulong[ProgramLab.Cpus];
        Assert.True(table.TryGet(BinaryPrimitives.ReverseEndianness((ushort)53), counts));
        Assert.Equal([1ul, 1, 0, 0], counts);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Open_connections_are_counted_and_finished_ones_queued(EbpfExecutionType engine)
    {
        BpfModule module = Run("open_connections.o", engine, "count_open");
        NetworkEvent established = new(NetworkEventKind.ConnectionEstablished) { RemotePort = 443, EndpointId = 99 };
        Deliver(0, established);
        Deliver(0, established);
        Deliver(0, established with { Kind = NetworkEventKind.ConnectionClosed });
        using HashMap<ushort, ulong> open = _lab.Session.OpenHashMap<ushort, ulong>(module.MapId("open"));
        Assert.Equal(1ul, Assert.Single(open).Value);
        using QueueMap<ulong> finished = _lab.Session.OpenQueueMap<ulong>(module.MapId("finished"));
        Assert.True(finished.TryPop(out ulong flow));
        Assert.Equal(99ul, flow);
    }

    private static NetworkEvent Packet(ushort port, ushort payload = 0) => new(NetworkEventKind.Packet)
    {
        Protocol = NetworkEvent.Udp,
        InterfaceIndex = 1,
        LocalPort = port,
        RemotePort = 1000,
        PayloadLength = payload,
    };

    private static NetworkEvent Connect(string address, ushort port) =>
        new(NetworkEventKind.Connect) { RemoteAddress = NetworkAddress.Parse(address), RemotePort = port };

    private static ulong Sum(PerCpuArrayMap<ulong> map, uint key)
    {
        ulong[] values = new ulong[ProgramLab.Cpus];
        Assert.True(map.TryGet(key, values));
        return values.Aggregate((a, b) => a + b);
    }

    private BpfModule Run(string name, EbpfExecutionType engine, params string[] programs)
    {
        BpfModule module = CompiledModules.Load(_lab.Machine, _lab.Session, name, engine);
        _attached.Add(module);
        foreach (string program in programs)
        {
            _attached.Add(module.Program(program).Attach());
        }

        return module;
    }

    private NetworkAction Deliver(int processor, NetworkEvent happened) => _lab.Network.Deliver(processor, happened).Action;

    private T Variables<T>(BpfModule module, string map)
        where T : unmanaged
    {
        using ArrayMap<T> values = _lab.Session.OpenArrayMap<T>(module.MapId(map));
        return values[0];
    }

    private readonly record struct Counters(uint Packets, uint Bytes, uint Drops);

    private readonly record struct Pair(ulong First, ulong Second);

    [StructLayout(LayoutKind.Explicit, Size = 20)]
    private struct Rule
    {
        [FieldOffset(16)]
        public ushort Port;

        [FieldOffset(18)]
        public ushort Family;
    }
}
