using KernelSim.NetEbpfExt.Contexts;
using KernelSim.NetEbpfExt.Events;
using KernelSim.Nt;
using KernelSim.Testing;
using KernelSim.UserMode;

namespace SampleNamespace.Tests;

/// <summary>Each test has a machine of its own, with two processors. What it leaves behind there fails it.</summary>
public sealed class PacketCounterTests() : KernelTest(new KernelTestOptions { Machine = new MachineOptions { Processors = 2 } })
{
    [Fact]
    public void A_packet_is_counted_on_the_processor_where_it_arrives()
    {
        using BpfModule module = LoadModule(typeof(PacketCounter));
        using BpfLink link = module.Program("count_packets").Attach();
        NetworkEvent packet = new(NetworkEventKind.Packet) { Protocol = NetworkEvent.Udp };
        Assert.Equal(NetworkAction.Permit, Network.Deliver(1, packet).Action);
        Assert.Equal([0, 1], Counts(module, NetworkEvent.Udp));
    }

    [Fact]
    public void Nothing_is_counted_while_the_program_is_not_attached()
    {
        using BpfModule module = LoadModule(typeof(PacketCounter));
        Network.Deliver(0, new NetworkEvent(NetworkEventKind.Packet) { Protocol = NetworkEvent.Udp });
        Assert.Equal([0, 0], Counts(module, NetworkEvent.Udp));
    }

    [Fact]
    public void A_test_run_takes_a_packet_of_your_own()
    {
        using BpfModule module = LoadModule(typeof(PacketCounter));
        byte[] frame = new byte[34]; // an Ethernet and an IPv4 header
        frame[12] = 0x08;
        frame[23] = NetworkEvent.Udp;
        TestRunResult result = module.Program("count_packets").TestRun(new TestRun { Data = frame, Cpu = 1, Repeat = 3 });
        Assert.Equal((uint)XdpAction.Pass, result.ReturnValue);
        Assert.Equal([0, 3], Counts(module, NetworkEvent.Udp));
    }

    private ulong[] Counts(BpfModule module, uint protocol)
    {
        using PerCpuArrayMap<ulong> packets = Bpf.OpenPerCpuArrayMap<ulong>(module.MapId("packets"));
        ulong[] counts = new ulong[Bpf.CpuCount];
        Assert.True(packets.TryGet(protocol, counts));
        return counts;
    }
}
