using KernelSim.NetEbpfExt.Events;

namespace KernelSim.NetEbpfExt.Tests.Events;

public class GeneratorTests
{
    [Fact]
    public void The_same_seed_gives_a_processor_the_same_events_and_others_differ()
    {
        Assert.Equal(Events(seed: 7, cpu: 2), Events(seed: 7, cpu: 2));
        Assert.NotEqual(Events(seed: 7, cpu: 2), Events(seed: 7, cpu: 3));
        Assert.NotEqual(Events(seed: 7, cpu: 2), Events(seed: 8, cpu: 2));
    }

    [Fact]
    public void Kinds_come_as_often_as_the_mix_says()
    {
        NetworkTraffic traffic = new()
        {
            Mix = new Dictionary<NetworkEventKind, int> { [NetworkEventKind.Packet] = 3, [NetworkEventKind.Bind] = 1, [NetworkEventKind.Listen] = 0 },
        };
        ILookup<NetworkEventKind, NetworkEvent> events = Events(traffic: traffic, count: 10_000).ToLookup(e => e.Kind);
        Assert.Equal(2, events.Count);
        Assert.InRange(events[NetworkEventKind.Bind].Count(), 2_300, 2_700);
    }

    [Fact]
    public void Addresses_ports_and_numbers_stay_in_their_ranges()
    {
        NetworkTraffic traffic = new()
        {
            Interfaces = 3,
            Compartments = 2,
            RemoteHosts = 10,
            ServerPorts = [443, 80],
            ClientPorts = 100,
            MaxPayload = 64,
        };
        NetworkEvent[] events = Events(traffic: traffic, count: 5_000);
        Assert.All(events, e =>
        {
            Assert.InRange(e.InterfaceIndex, 1u, 3u);
            Assert.InRange(e.CompartmentId, 1u, 2u);
            Assert.InRange(e.PayloadLength, 0, 64);
            bool serves = e.Kind is NetworkEventKind.Accept or NetworkEventKind.ConnectionAccepted;
            Assert.InRange(serves ? e.RemotePort : e.LocalPort, 49152, 49251);
            Assert.Contains(serves ? e.LocalPort : e.RemotePort, new ushort[] { 443, 80, 0 });
        });
        Assert.InRange(events.Where(e => e.RemotePort != 0).Select(e => (e.IsV6, e.RemoteAddress)).Distinct().Count(), 10, 20);
        Assert.Equal(events.Length, events.Select(e => e.EndpointId).Distinct().Count());
        Assert.InRange(events.Count(e => e.IsV6), 800, 1_200);
    }

    [Fact]
    public void Traffic_that_makes_no_sense_is_refused_with_both_numbers()
    {
        ArgumentOutOfRangeException refusal = Assert.Throws<ArgumentOutOfRangeException>(
            () => new NetworkEventGenerator(new NetworkTraffic { V6Percent = 101 }, 1, 0));
        Assert.Contains("101 was given; expected 0 to 100", refusal.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(
            () => new NetworkEventGenerator(new NetworkTraffic { Mix = new Dictionary<NetworkEventKind, int>() }, 1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new NetworkEventGenerator(new NetworkTraffic { ClientPorts = 16385 }, 1, 0));
    }

    private static NetworkEvent[] Events(ulong seed = 1, int cpu = 0, NetworkTraffic? traffic = null, int count = 500)
    {
        NetworkEvent[] events = new NetworkEvent[count];
        new NetworkEventGenerator(traffic ?? new NetworkTraffic(), seed, cpu).Fill(events);
        return events;
    }
}
