using KernelSim.NetEbpfExt.Events;
using KernelSim.Samples.Programs;
using KernelSim.UserMode;

namespace KernelSim.Samples.Tests.Programs;

/// <summary>The sample modules, loaded and attached from a .NET program, run by events.</summary>
public sealed class SampleProgramTests : IDisposable
{
    private readonly ProgramLab _lab = new();

    public void Dispose() => _lab.Dispose();

    [Fact]
    public void Counts_on_all_processors_equal_the_events_there()
    {
        using BpfModule module = _lab.Session.LoadModule("cgroup_count_connect4.sys");
        using BpfLink link = module.Program("count_connect4").Attach();
        using PerCpuHashMap<ushort, ulong> counts =
            _lab.Session.OpenPerCpuHashMap<ushort, ulong>(module.MapId("connect_count_map"));
        NetworkTraffic traffic = new()
        {
            Mix = new Dictionary<NetworkEventKind, int> { [NetworkEventKind.Connect] = 1 },
            V6Percent = 0,
            Compartments = 1,
        };
        using NetworkEventRun run = NetworkEventRun.Start(_lab.Network, traffic, seed: 7, eventsPerProcessor: 500);
        NetworkEventReport report = run.Wait();

        ulong[] seen = new ulong[ProgramLab.Cpus];
        foreach (PerCpuEntry<ushort, ulong> entry in counts)
        {
            for (int cpu = 0; cpu < seen.Length; cpu++)
            {
                seen[cpu] += entry.Values[cpu];
            }
        }

        Assert.Equal([500ul, 500, 500, 500], seen);
        Assert.Equal(2000, report.Total.Programs);
    }

    [Fact]
    public void Empty_udp_packets_are_dropped_and_counted_where_they_came_in()
    {
        using BpfModule module = _lab.Session.LoadModule("droppacket.sys");
        using BpfLink link = module.Program("DropPacket").Attach();
        using PerCpuArrayMap<ulong> dropped = _lab.Session.OpenPerCpuArrayMap<ulong>(module.MapId("dropped_packet_map"));
        NetworkEvent packet = new(NetworkEventKind.Packet) { Protocol = NetworkEvent.Udp, InterfaceIndex = 1 };
        Assert.Equal(NetworkAction.Block, _lab.Network.Deliver(2, packet).Action);
        Assert.Equal(NetworkAction.Block, _lab.Network.Deliver(2, packet).Action);
        Assert.Equal(NetworkAction.Permit, _lab.Network.Deliver(1, packet with { PayloadLength = 10 }).Action);
        Assert.Equal(NetworkAction.Permit, _lab.Network.Deliver(1, packet with { Protocol = NetworkEvent.Tcp }).Action);
        ulong[] counts = new ulong[ProgramLab.Cpus];
        Assert.True(dropped.TryGet(0, counts));
        Assert.Equal([0ul, 0, 2, 0], counts);
    }

    [Fact]
    public void A_chain_of_tail_calls_runs_each_program_and_the_last_decides()
    {
        using BpfModule module = _lab.Session.LoadModule("tail_call_chain.sys");
        using BpfLink link = module.Program("first").Attach();
        using PerCpuArrayMap<ulong> runs = _lab.Session.OpenPerCpuArrayMap<ulong>(module.MapId("runs_map"));
        NetworkEvent packet = new(NetworkEventKind.Packet) { InterfaceIndex = 1 };
        Assert.Equal(NetworkAction.Block, _lab.Network.Deliver(3, packet).Action);
        for (uint step = 0; step < 3; step++)
        {
            ulong[] counts = new ulong[ProgramLab.Cpus];
            Assert.True(runs.TryGet(step, counts));
            Assert.Equal([0ul, 0, 0, 1], counts);
        }
    }

    [Fact]
    public void A_process_gets_as_many_ports_as_the_limit_says()
    {
        using BpfModule module = _lab.Session.LoadModule("bindmonitor.sys");
        using BpfLink link = module.Program("BindMonitor").Attach();
        using ArrayMap<ulong> limits = _lab.Session.OpenArrayMap<ulong>(module.MapId("limits_map"));
        limits[0] = 2;
        NetworkEvent bind = new(NetworkEventKind.Bind) { ProcessId = 1000, Application = @"C:\app.exe", LocalPort = 80 };
        Assert.NotEqual(NetworkAction.Block, _lab.Network.Deliver(0, bind).Action);
        Assert.NotEqual(NetworkAction.Block, _lab.Network.Deliver(1, bind with { LocalPort = 81 }).Action);
        Assert.Equal(NetworkAction.Block, _lab.Network.Deliver(2, bind with { LocalPort = 82 }).Action);
        _lab.Network.Deliver(0, bind with { Kind = NetworkEventKind.Unbind });
        Assert.NotEqual(NetworkAction.Block, _lab.Network.Deliver(2, bind with { LocalPort = 82 }).Action);
    }

    [Fact]
    public void A_module_whose_program_is_attached_goes_on_without_its_descriptors()
    {
        BpfModule module = _lab.Session.LoadModule("droppacket.sys");
        using BpfLink link = module.Program("DropPacket").Attach();
        module.Dispose();
        NetworkEvent packet = new(NetworkEventKind.Packet) { Protocol = NetworkEvent.Udp, InterfaceIndex = 1 };
        Assert.Equal(NetworkAction.Block, _lab.Network.Deliver(0, packet).Action);
    }

    [Fact]
    public void Packets_are_counted_in_the_table_of_their_interface()
    {
        using BpfModule module = _lab.Session.LoadModule("port_tables.sys");
        using BpfLink link = module.Program("port_tables").Attach();
        using PerCpuHashMap<ushort, ulong> table = _lab.Session.OpenPerCpuHashMap<ushort, ulong>(module.MapId("table_map"));
        NetworkEvent packet = new(NetworkEventKind.Packet) { InterfaceIndex = 1, LocalPort = 443, RemotePort = 50000 };
        _lab.Network.Deliver(1, packet);
        _lab.Network.Deliver(1, packet with { InterfaceIndex = 2 });
        ulong total = 0;
        foreach (PerCpuEntry<ushort, ulong> entry in table)
        {
            total += entry.Values[1];
        }

        Assert.Equal(1ul, total);
    }

    [Fact]
    public void Each_sample_loads_by_the_calls_that_libbpf_has()
    {
        Libbpf library = _lab.Session.Library;
        Assert.All(SampleModules.All, image =>
        {
            bpf_object? opened = library.bpf_object__open(image.Path);
            Assert.NotNull(opened);
            Assert.Equal(0, library.bpf_object__load(opened));
            library.bpf_object__close(opened);
        });
    }
}
