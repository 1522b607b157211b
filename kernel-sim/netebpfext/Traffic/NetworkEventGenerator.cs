using System.Numerics;
using KernelSim.NetEbpfExt.Contexts;

namespace KernelSim.NetEbpfExt.Events;

/// <summary>
/// An endless sequence of events for one processor, which depends on the traffic, the seed and the processor, not on other
/// processors. Not thread-safe.
/// </summary>
public sealed class NetworkEventGenerator
{
    private const uint FirstProcess = 1000;
    private const uint ProcessStep = 4;
    private const uint LocalNetwork = 0x0A000000; // 10.0.0.0
    private const uint RemoteNetwork = 0xC6120000; // 198.18.0.0: reserved for benchmarks
    private const uint V6LocalPrefix = 0xFD000001;
    private const uint V6RemotePrefix = 0x20010DB8;
    private const ulong FirstEndpoint = 1;

    private static readonly string[] s_applications =
    [
        @"\device\harddiskvolume1\windows\system32\svchost.exe",
        @"\device\harddiskvolume1\programs\browser.exe",
        @"\device\harddiskvolume1\programs\server.exe",
    ];

    private readonly NetworkTraffic _traffic;
    private readonly (int UpTo, NetworkEventKind Kind)[] _mix;
    private readonly int _processor;
    private ulong _state;
    private ulong _endpoint;

    /// <summary>Creates a processor's generator.</summary>
    /// <param name="traffic">The distribution of the events.</param>
    /// <param name="seed">The same seed gives the same events.</param>
    /// <param name="processor">Number of the processor on which the events happen.</param>
    public NetworkEventGenerator(NetworkTraffic traffic, ulong seed, int processor)
    {
        ArgumentNullException.ThrowIfNull(traffic);
        traffic.Validate();
        _traffic = traffic;
        _processor = processor;
        _state = Mixed(seed) ^ Mixed((ulong)processor + 1);
        int upTo = 0;
        _mix = [.. traffic.Mix.Where(m => m.Value > 0).OrderBy(m => m.Key).Select(m => (upTo += m.Value, m.Key))];
    }

    /// <summary>The next event.</summary>
    public NetworkEvent Next()
    {
        ulong dice = NextRandom();
        NetworkEventKind kind = KindOf((int)Below(dice, (uint)_mix[^1].UpTo));
        ulong places = NextRandom();
        bool v6 = Below(places, 100) < (uint)_traffic.V6Percent;
        bool udp = Below(places >> 16, 100) < (uint)_traffic.UdpPercent && kind is not (NetworkEventKind.Listen or NetworkEventKind.Accept);
        uint interfaceIndex = 1 + Below(places >> 32, (uint)_traffic.Interfaces);
        uint process = Below(places >> 48, (uint)_traffic.Processes);
        bool inbound = kind is NetworkEventKind.Accept or NetworkEventKind.ConnectionAccepted or NetworkEventKind.Listen;
        ushort server = _traffic.ServerPorts[(int)Below(dice >> 32, (uint)_traffic.ServerPorts.Count)];
        ushort client = (ushort)(_traffic.FirstClientPort + Below(dice >> 48, (uint)_traffic.ClientPorts));
        bool hasRemote = kind is not (NetworkEventKind.Bind or NetworkEventKind.Unbind or NetworkEventKind.Listen);
        return new NetworkEvent(kind)
        {
            IsV6 = v6,
            Protocol = udp ? NetworkEvent.Udp : NetworkEvent.Tcp,
            LocalAddress = v6 ? NetworkAddress.FromV6(V6LocalPrefix, interfaceIndex) : NetworkAddress.FromV4(LocalNetwork + interfaceIndex),
            LocalPort = inbound ? server : client,
            RemoteAddress = hasRemote ? RemoteHost(v6) : NetworkAddress.Any,
            RemotePort = !hasRemote ? (ushort)0 : inbound ? client : server,
            InterfaceIndex = interfaceIndex,
            CompartmentId = 1 + Below(places >> 8, (uint)_traffic.Compartments),
            ProcessId = FirstProcess + (ProcessStep * process),
            LogonId = 1 + process,
            IsAdministrator = process == 0,
            Application = s_applications[process % (uint)s_applications.Length],
            EndpointId = ((ulong)(uint)_processor << 48) | (FirstEndpoint + _endpoint++),
            PayloadLength = kind == NetworkEventKind.Packet ? (ushort)Below(dice >> 16, _traffic.MaxPayload + 1u) : (ushort)0,
        };
    }

    /// <summary>Fills a span with the next events.</summary>
    public void Fill(Span<NetworkEvent> events)
    {
        foreach (ref NetworkEvent @event in events)
        {
            @event = Next();
        }
    }

    /// <summary>A number below another, from the low 32 bits of a random one.</summary>
    private static uint Below(ulong random, uint limit) => (uint)(((random & uint.MaxValue) * limit) >> 32);

    private static ulong Mixed(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }

    private NetworkEventKind KindOf(int number)
    {
        foreach ((int upTo, NetworkEventKind kind) in _mix)
        {
            if (number < upTo)
            {
                return kind;
            }
        }

        return _mix[^1].Kind;
    }

    /// <summary>Few hosts get most of the traffic: each number of leading zeros is half as likely as the one before.</summary>
    private NetworkAddress RemoteHost(bool v6)
    {
        ulong random = NextRandom();
        uint hosts = (uint)_traffic.RemoteHosts;
        uint popular = (uint)BitOperations.LeadingZeroCount(random | 1);
        uint host = popular < hosts && popular < 8 ? popular : Below(random, hosts);
        return v6 ? NetworkAddress.FromV6(V6RemotePrefix, host + 1) : NetworkAddress.FromV4(RemoteNetwork + host + 1);
    }

    /// <summary>SplitMix64.</summary>
    private ulong NextRandom() => Mixed(_state += 0x9E3779B97F4A7C15);
}
