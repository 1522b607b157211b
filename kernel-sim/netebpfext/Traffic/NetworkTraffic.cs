namespace KernelSim.NetEbpfExt.Events;

/// <summary>The distribution of generated events. The same traffic and seed give each processor the same events in every run.</summary>
public sealed record NetworkTraffic
{
    /// <summary>
    /// Relative frequency of each kind of event. Kinds that are missing do not happen.
    /// </summary>
    public IReadOnlyDictionary<NetworkEventKind, int> Mix { get; init; } = new Dictionary<NetworkEventKind, int>
    {
        [NetworkEventKind.Packet] = 80,
        [NetworkEventKind.Connect] = 6,
        [NetworkEventKind.ConnectionEstablished] = 5,
        [NetworkEventKind.Accept] = 3,
        [NetworkEventKind.ConnectionAccepted] = 3,
        [NetworkEventKind.ConnectionClosed] = 2,
        [NetworkEventKind.Bind] = 1,
    };

    /// <summary>
    /// Number of different remote hosts; each gets half as much traffic as the one before, the last ones an equal share. At least 1.
    /// </summary>
    public int RemoteHosts { get; init; } = 256;

    /// <summary>The ports that are connected to, on whichever side is the server: well-known ports.</summary>
    public IReadOnlyList<ushort> ServerPorts { get; init; } = [443, 80, 53, 22, 8080];

    /// <summary>The first client port.</summary>
    public ushort FirstClientPort { get; init; } = 49152;

    /// <summary>Number of client ports, starting with <see cref="FirstClientPort"/>. At least 1.</summary>
    public int ClientPorts { get; init; } = 16384;

    /// <summary>Number of interfaces, with the indexes 1 and up. At least 1.</summary>
    public int Interfaces { get; init; } = 1;

    /// <summary>Number of compartments, with the ids 1 and up. At least 1.</summary>
    public int Compartments { get; init; } = 1;

    /// <summary>Number of processes that own sockets, with ids 1000 and up in steps of 4. At least 1.</summary>
    public int Processes { get; init; } = 16;

    /// <summary>Percentage of IPv6 events.</summary>
    public int V6Percent { get; init; } = 20;

    /// <summary>Percentage of UDP events.</summary>
    public int UdpPercent { get; init; } = 30;

    /// <summary>Largest payload of a packet, in bytes.</summary>
    public ushort MaxPayload { get; init; } = 1400;

    /// <summary>Simulated time between two events of a processor; zero does not advance the machine's clock.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.Zero;

    /// <summary>Validates the numbers.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is out of range; the message gives the value and the range.</exception>
    internal void Validate()
    {
        AtLeastOne(RemoteHosts, nameof(RemoteHosts));
        AtLeastOne(ServerPorts.Count, nameof(ServerPorts));
        AtLeastOne(Interfaces, nameof(Interfaces));
        AtLeastOne(Compartments, nameof(Compartments));
        AtLeastOne(Processes, nameof(Processes));
        AtLeastOne(Mix.Values.Where(w => w > 0).Sum(), nameof(Mix));
        InRange(ClientPorts, 1, ushort.MaxValue + 1 - FirstClientPort, nameof(ClientPorts));
        InRange(V6Percent, 0, 100, nameof(V6Percent));
        InRange(UdpPercent, 0, 100, nameof(UdpPercent));
        if (Interval < TimeSpan.Zero)
        {
            throw new ArgumentOutOfRangeException(nameof(Interval), Interval, $"{Interval} was given; expected zero or more.");
        }
    }

    private static void AtLeastOne(int given, string name) => InRange(given, 1, int.MaxValue, name);

    private static void InRange(int given, int least, int most, string name)
    {
        if (given < least || given > most)
        {
            throw new ArgumentOutOfRangeException(name, given, $"{given} was given; expected {least} to {most}.");
        }
    }
}
