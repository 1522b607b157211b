using System.Buffers;
using KernelSim.NetEbpfExt.Contexts;
using KernelSim.NetEbpfExt.Events;
using KernelSim.NetEbpfExt.Tests.Support;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;

namespace KernelSim.NetEbpfExt.Tests.Events;

public class DeliveryTests
{
    [Theory]
    [InlineData(NetworkEventKind.Packet, BpfAttachType.Xdp, Irql.Dispatch)]
    [InlineData(NetworkEventKind.Bind, BpfAttachType.Bind, Irql.Passive)]
    [InlineData(NetworkEventKind.Bind, BpfAttachType.CgroupInet4Bind, Irql.Dispatch)]
    [InlineData(NetworkEventKind.Connect, BpfAttachType.CgroupInet4Connect, Irql.Dispatch)]
    [InlineData(NetworkEventKind.ConnectionClosed, BpfAttachType.CgroupSockOps, Irql.Dispatch)]
    public unsafe void A_program_runs_where_its_event_happens_at_its_hooks_level(NetworkEventKind kind, BpfAttachType type, Irql irql)
    {
        using Network network = new(cpus: 3);
        List<(int Cpu, Irql Irql)> seen = [];
        TestLink link = network.Attach(type, (current, _) =>
        {
            seen.Add((current.ProcessorNumber, current.Irql));
            return 1;
        });
        for (int cpu = 0; cpu < 3; cpu++)
        {
            network.Deliver(Sample.Of(kind), cpu);
        }

        Assert.Equal([(0, irql), (1, irql), (2, irql)], seen);
        link.Detach();
    }

    [Fact]
    public unsafe void A_packet_is_made_of_its_event_and_can_be_parsed()
    {
        using Network network = new();
        byte[] packet = [];
        TestLink link = network.Attach(BpfAttachType.Xdp, (_, context) =>
        {
            var md = (XdpMd*)context;
            Assert.Equal(3u, md->IngressIfindex);
            packet = new ReadOnlySpan<byte>(md->Data, (int)(md->DataEnd - md->Data)).ToArray();
            return (uint)XdpAction.Pass;
        });
        network.Deliver(Sample.Packet with { Protocol = NetworkEvent.Udp });
        Assert.Equal(14 + 20 + 8 + 100, packet.Length);
        Assert.Equal([0x08, 0x00, 0x45], packet[12..15]);
        Assert.Equal([0, 128], packet[16..18]);
        Assert.Equal(NetworkEvent.Udp, packet[23]);
        Assert.Equal([198, 18, 0, 7, 10, 0, 0, 1], packet[26..34]);
        Assert.Equal([0x01, 0xBB, 0xC3, 0x50, 0, 108], packet[34..40]);
        network.Deliver(Sample.Packet.V6());
        Assert.Equal(14 + 40 + 20 + 100, packet.Length);
        Assert.Equal([0x86, 0xDD, 0x60], packet[12..15]);
        Assert.Equal([0x20, 0x01, 0x0D, 0xB8], packet[22..26]);
        Assert.Equal([0x01, 0xBB, 0xC3, 0x50], packet[54..58]);
        link.Detach();
    }

    [Fact]
    public unsafe void A_packet_comes_back_as_its_program_left_it()
    {
        using Network network = new();
        TestLink link = network.Attach(BpfAttachType.Xdp, (_, context) =>
        {
            var md = (XdpMd*)context;
            md->Data[0] = 9;
            return (uint)XdpAction.Tx;
        });
        ArrayBufferWriter<byte> left = new();
        NetworkVerdict verdict = network.Source.DeliverPacket(1, interfaceIndex: 3, [1, 2, 3], left);
        Assert.Equal(NetworkAction.Transmit, verdict.Action);
        Assert.Equal([9, 2, 3], left.WrittenSpan.ToArray());
        link.Detach();
    }

    [Fact]
    public void Events_one_after_the_other_share_a_batch_until_their_level_changes()
    {
        using Network network = new();
        TestLink xdp = network.Attach(BpfAttachType.Xdp, 1);
        TestLink ops = network.Attach(BpfAttachType.CgroupSockOps, 0);
        NetworkEvent[] events = [.. Enumerable.Repeat(Sample.Packet, 60), .. Enumerable.Repeat(Sample.Established, 3), Sample.Bind, Sample.Packet];
        NetworkEventTotals totals = new();
        network.Source.Deliver(0, events, totals);
        Assert.Equal((61, 3), (xdp.Runs, ops.Runs));
        Assert.Equal((2, 0), (xdp.Batches, ops.Batches)); // a batch is the thread's: the first link's dispatch begins it for all
        Assert.Equal(65, totals.Events);
        Assert.Equal(64, totals.Programs);
        Assert.Equal(1, totals[NetworkEventKind.Bind, NetworkAction.NotFiltered]);
        Assert.Equal(61, totals[NetworkEventKind.Packet]);
        Assert.Equal(64, totals[NetworkAction.Permit]);
        xdp.Detach();
        ops.Detach();
    }

    [Fact]
    public void Delivering_allocates_nothing()
    {
        using Network network = new();
        TestLink[] links =
        [
            network.Attach(BpfAttachType.Xdp, 1),
            network.Attach(BpfAttachType.Bind, 0),
            network.Attach(BpfAttachType.CgroupInet4Connect, 1),
            network.Attach(BpfAttachType.CgroupSockOps, 0),
        ];
        NetworkEvent[] events = [.. Enum.GetValues<NetworkEventKind>().Select(Sample.Of), .. Enumerable.Repeat(Sample.Packet, 100)];
        NetworkEventTotals totals = new();
        network.Source.Deliver(0, events, totals);
        NetworkEvent packet = Sample.Packet;
        NetworkEvent bind = Sample.Bind;
        network.Source.Deliver(0, packet);
        long before = GC.GetAllocatedBytesForCurrentThread();
        network.Source.Deliver(0, events, totals);
        network.Source.Deliver(0, packet);
        network.Source.Deliver(0, bind);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Array.ForEach(links, l => l.Detach());
        Assert.Equal(0, allocated);
    }

    [Fact]
    public void A_driver_that_is_not_loaded_has_no_network()
    {
        using Network network = new();
        Assert.Equal(NtStatus.Success, network.Machine.UnloadDriver(network.DriverObject));
        Assert.Throws<InvalidOperationException>(() => network.Deliver(Sample.Packet));
        Assert.Throws<InvalidOperationException>(() => new NetworkEventSource(network.Driver));
        Assert.Equal(NtStatus.Success, network.Machine.LoadDriver(network.Driver, out _));
        Assert.Equal(NetworkAction.NotFiltered, network.Deliver(Sample.Packet).Action);
    }

    [Fact]
    public void A_driver_serves_one_machine_at_a_time()
    {
        using Network network = new();
        using Nt.Machine other = Nt.Machine.Boot();
        Assert.Equal(NtStatus.ImageAlreadyLoaded, other.LoadDriver(network.Driver, out _));
    }
}
