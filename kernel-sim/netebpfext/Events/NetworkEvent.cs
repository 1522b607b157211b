using System.Net.Sockets;
using KernelSim.NetEbpfExt.Contexts;

namespace KernelSim.NetEbpfExt.Events;

/// <summary>An event in the simulated network. Ports and numbers are in host byte order.</summary>
/// <param name="Kind">The kind of event.</param>
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

    /// <summary>The remote address.</summary>
    public NetworkAddress RemoteAddress { get; init; }

    /// <summary>The remote port.</summary>
    public ushort RemotePort { get; init; }

    /// <summary>The interface, <c>ifindex</c>; 0 if unknown.</summary>
    public uint InterfaceIndex { get; init; }

    /// <summary>The network compartment.</summary>
    public uint CompartmentId { get; init; } = 1;

    /// <summary>Id of the process that owns the socket.</summary>
    public uint ProcessId { get; init; }

    /// <summary>The logon session of its token; 0: a process of the system, without a token.</summary>
    public ulong LogonId { get; init; }

    /// <summary>Whether its token is an administrator's.</summary>
    public bool IsAdministrator { get; init; }

    /// <summary>Path of the process's program file; null if it is not needed.</summary>
    public string? Application { get; init; }

    /// <summary>Id of the socket, or of the connection if there is one: its cookie and flow id.</summary>
    public ulong EndpointId { get; init; }

    /// <summary>Size in bytes of the packet's payload, after the headers.</summary>
    public ushort PayloadLength { get; init; }

    /// <summary>The addresses' family.</summary>
    public AddressFamily Family => IsV6 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork;

    /// <summary>The interface as newer APIs name it, <c>NET_LUID</c>: an Ethernet interface with that index.</summary>
    public ulong InterfaceLuid => InterfaceIndex == 0 ? 0 : (EthernetInterfaceType << 48) | ((ulong)InterfaceIndex << 24);

    internal const ulong EthernetInterfaceType = 6;

    internal uint FamilyNumber => IsV6 ? NetworkFamily.V6 : NetworkFamily.V4;

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Kind} {(Protocol == Udp ? "udp" : "tcp")} {LocalAddress.ToIPAddress(Family)}:{LocalPort} <> "
        + $"{RemoteAddress.ToIPAddress(Family)}:{RemotePort}, interface {InterfaceIndex}, compartment {CompartmentId}, process {ProcessId}";
}
