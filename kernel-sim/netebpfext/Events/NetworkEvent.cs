using System.Net.Sockets;
using KernelSim.NetEbpfExt.Contexts;

namespace KernelSim.NetEbpfExt.Events;

/// <summary>Something that happens in the simulated network. Ports and numbers are in host byte order.</summary>
/// <param name="Kind">What happens.</param>
public readonly record struct NetworkEvent(NetworkEventKind Kind)
{
    /// <summary>The IP protocol number of TCP.</summary>
    public const byte Tcp = 6;

    /// <summary>The IP protocol number of UDP.</summary>
    public const byte Udp = 17;

    /// <summary>Whether the addresses are IPv6.</summary>
    public bool IsV6 { get; init; }

    /// <summary>The IP protocol.</summary>
    public byte Protocol { get; init; } = Tcp;

    /// <summary>The address on this machine.</summary>
    public NetworkAddress LocalAddress { get; init; }

    /// <summary>The port on this machine.</summary>
    public ushort LocalPort { get; init; }

    /// <summary>The address of the other side.</summary>
    public NetworkAddress RemoteAddress { get; init; }

    /// <summary>The port of the other side.</summary>
    public ushort RemotePort { get; init; }

    /// <summary>The interface, <c>ifindex</c>; 0 where none is known.</summary>
    public uint InterfaceIndex { get; init; }

    /// <summary>The network compartment.</summary>
    public uint CompartmentId { get; init; } = 1;

    /// <summary>The process that owns the socket.</summary>
    public uint ProcessId { get; init; }

    /// <summary>The logon session of its token; 0: the process is the system's and has no token to look at.</summary>
    public ulong LogonId { get; init; }

    /// <summary>Whether its token is an administrator's.</summary>
    public bool IsAdministrator { get; init; }

    /// <summary>The program file of the process, with its path; null where nobody wants to know.</summary>
    public string? Application { get; init; }

    /// <summary>The socket, or the connection where there is one: its cookie and flow id.</summary>
    public ulong EndpointId { get; init; }

    /// <summary>Bytes behind the packet's headers.</summary>
    public ushort PayloadLength { get; init; }

    /// <summary>The addresses' family.</summary>
    public AddressFamily Family => IsV6 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork;

    /// <summary>The interface as newer calls name it, <c>NET_LUID</c>: an Ethernet interface of that index.</summary>
    public ulong InterfaceLuid => InterfaceIndex == 0 ? 0 : (EthernetInterfaceType << 48) | ((ulong)InterfaceIndex << 24);

    internal const ulong EthernetInterfaceType = 6;

    internal uint FamilyNumber => IsV6 ? NetworkFamily.V6 : NetworkFamily.V4;

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Kind} {(Protocol == Udp ? "udp" : "tcp")} {LocalAddress.ToIPAddress(Family)}:{LocalPort} <> {RemoteAddress.ToIPAddress(Family)}:{RemotePort}, interface {InterfaceIndex}, compartment {CompartmentId}, process {ProcessId}";
}
