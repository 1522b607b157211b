namespace KernelSim.NetEbpfExt.Events;

/// <summary>What generated events are like. The same traffic and seed give each processor the same events in every run.</summary>
public sealed record NetworkTraffic
{
    /// <summary>
    /// How often each kind of event happens, relative to the others. Kinds that are not in it do not happen.
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

    /// <summary>Different hosts on the other side; each is hit half as often as the one before, the last ones evenly. At least 1.</summary>
    public int RemoteHosts { get; init; } = 256;

    /// <summary>The ports that are connected to, on whichever side serves: a server's well-known ones.</summary>
    public IReadOnlyList<ushort> ServerPorts { get; init; } = [443, 80, 53, 22, 8080];

    /// <summary>The first of the ports that clients use.</summary>
    public ushort FirstClientPort { get; init; } = 49152;

    /// <summary>How many client ports there are, from <see cref="FirstClientPort"/> on. At least 1.</summary>
    public int ClientPorts { get; init; } = 16384;

    /// <summary>Interfaces, with the indexes 1 and up. At least 1.</summary>
    public int Interfaces { get; init; } = 1;

    /// <summary>Compartments, with the numbers 1 and up. At least 1.</summary>
    public int Compartments { get; init; } = 1;

    /// <summary>Processes that own sockets, with ids 1000 and up in steps of 4. At least 1.</summary>
    public int Processes { get; init; } = 16;

    /// <summary>Per cent of the events that are IPv6.</summary>
    public int V6Percent { get; init; } = 20;

    /// <summary>Per cent of the events that are UDP.</summary>
    public int UdpPercent { get; init; } = 30;

    /// <summary>Longest payload of a packet, bytes.</summary>
    public ushort MaxPayload { get; init; } = 1400;

    /// <summary>Simulated time between two events of a processor; zero leaves the machine's clock alone.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.Zero;

    /// <summary>Checks the numbers.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is out of its range; the message names given and expected.</exception>
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
            throw new ArgumentOutOfRangeException(nameof(Interval), Interval, $"{Interval} was given; expected is zero or more.");
        }
    }

    private static void AtLeastOne(int given, string name) => InRange(given, 1, int.MaxValue, name);

    private static void InRange(int given, int least, int most, string name)
    {
        if (given < least || given > most)
        {
            throw new ArgumentOutOfRangeException(name, given, $"{given} was given; expected is {least} to {most}.");
        }
    }
}
