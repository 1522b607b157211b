using KernelSim.EbpfCore;
using KernelSim.NetEbpfExt;
using KernelSim.NetEbpfExt.Contexts;
using KernelSim.NetEbpfExt.Events;
using KernelSim.Nt;
using KernelSim.UserMode;

namespace SampleNamespace.Tests;

public sealed class PacketCounterTests : IDisposable
{
    private readonly Machine _machine = Machine.Boot(new MachineOptions { Processors = 2 });
    private readonly NetworkEventSource _network;
    private readonly BpfSession _session;
    private readonly BpfModule _module;
    private readonly PerCpuArrayMap<ulong> _packets;

    public PacketCounterTests()
    {
        NetEbpfExtDriver extension = new();
        _machine.LoadDriver(new EbpfCoreDriver(), out _);
        _machine.LoadDriver(extension, out _);
        _machine.Images.Install(PacketCounter.Image);
        _network = new NetworkEventSource(extension);
        _session = new BpfSession(_machine.Processes.Create().Gate);
        _module = _session.LoadModule(PacketCounter.FileName);
        _packets = _session.OpenPerCpuArrayMap<ulong>(_module.MapId("packets"));
    }

    public void Dispose()
    {
        _packets.Dispose();
        _module.Dispose();
        _session.Dispose();
        Assert.Empty(_machine.Shutdown().Leaks);
    }

    [Fact]
    public void A_packet_is_counted_on_the_processor_where_it_arrives()
    {
        using BpfLink link = _module.Program("count_packets").Attach();
        NetworkEvent packet = new(NetworkEventKind.Packet) { Protocol = NetworkEvent.Udp };
        Assert.Equal(NetworkAction.Permit, _network.Deliver(1, packet).Action);
        Assert.Equal([0, 1], Counts(NetworkEvent.Udp));
    }

    [Fact]
    public void Nothing_is_counted_while_the_program_is_not_attached()
    {
        _network.Deliver(0, new NetworkEvent(NetworkEventKind.Packet) { Protocol = NetworkEvent.Udp });
        Assert.Equal([0, 0], Counts(NetworkEvent.Udp));
    }

    [Fact]
    public void A_test_run_takes_a_packet_of_your_own()
    {
        byte[] frame = new byte[34]; // an Ethernet and an IPv4 header
        frame[12] = 0x08;
        frame[23] = NetworkEvent.Udp;
        TestRunResult result = _module.Program("count_packets").TestRun(new TestRun { Data = frame, Cpu = 1, Repeat = 3 });
        Assert.Equal((uint)XdpAction.Pass, result.ReturnValue);
        Assert.Equal([0, 3], Counts(NetworkEvent.Udp));
    }

    private ulong[] Counts(uint protocol)
    {
        ulong[] counts = new ulong[_session.CpuCount];
        Assert.True(_packets.TryGet(protocol, counts));
        return counts;
    }
}
