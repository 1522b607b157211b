using KernelSim.Nt.Ke;
using KernelSim.Tool.Tour.Facts;

namespace KernelSim.Tool.Tour.Acting;

/// <summary>
/// The packets that arrive on each CPU, and the counters that were saved before: drawn once from the machine's random numbers, so that every
/// chapter sees the same traffic. Its totals are kept separately from the map, for comparison.
/// </summary>
internal sealed class PacketSchedule
{
    private const int PacketsPerCpu = 100;
    private const uint SmallestPacket = 60;
    private const uint SizeRange = 1441;
    private const uint DropOneIn = 40;

    private PacketSchedule(IReadOnlyList<IReadOnlyList<Packet>> byCpu, IReadOnlyList<FlowFacts> restored)
    {
        ByCpu = byCpu;
        Restored = restored;
        Counted = [.. TourMap.CountedPorts.Select(port => new FlowFacts(port, [.. byCpu.Select(packets => Tally(packets, port))]))];
    }

    /// <summary>The packets of each CPU.</summary>
    public IReadOnlyList<IReadOnlyList<Packet>> ByCpu { get; }

    /// <summary>The expected contents of the map once all packets have been counted.</summary>
    public IReadOnlyList<FlowFacts> Counted { get; }

    /// <summary>Counters of other ports, saved before.</summary>
    public IReadOnlyList<FlowFacts> Restored { get; }

    /// <summary>Draws a random schedule.</summary>
    public static PacketSchedule Draw(KernelRandom random, int cpus)
    {
        List<Packet>[] byCpu = new List<Packet>[cpus];
        for (int cpu = 0; cpu < cpus; cpu++)
        {
            byCpu[cpu] = [.. Enumerable.Range(0, PacketsPerCpu).Select(_ => DrawPacket(random))];
        }

        return new PacketSchedule(
            byCpu,
            [.. TourMap.RestoredPorts.Select(port => new FlowFacts(port, [.. Enumerable.Range(0, cpus).Select(_ => DrawSaved(random))]))]);
    }

    private static Packet DrawPacket(KernelRandom random)
    {
        // Half of the traffic is on the last port, a quarter on the one before, and so on.
        int port = TourMap.CountedPorts.Count - 1;
        for (uint bits = random.NextUInt32(); port > 0 && (bits & 1) == 0; bits >>= 1)
        {
            port--;
        }

        return new Packet(TourMap.CountedPorts[port], SmallestPacket + (random.NextUInt32() % SizeRange), random.NextUInt32() % DropOneIn == 0);
    }

    private static Counters DrawSaved(KernelRandom random)
    {
        uint packets = 1 + (random.NextUInt32() % 999);
        return new Counters(packets, packets * (SmallestPacket + (random.NextUInt32() % SizeRange)), random.NextUInt32() % DropOneIn);
    }

    private static Counters Tally(IReadOnlyList<Packet> packets, uint port) =>
        packets.Where(p => p.Port == port).Aggregate(default(Counters), (sum, p) => sum + p.AsCounters);
}
