using System.Runtime.InteropServices;

namespace KernelSim.NetEbpfExt.Contexts;

/// <summary>
/// The context of a CGROUP_SOCK_ADDR program: <c>bpf_sock_addr_t</c>, 64 bytes. Addresses and ports are in network byte order.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = ByteCount)]
public struct BpfSockAddr
{
    /// <summary>Size of the structure in bytes.</summary>
    public const int ByteCount = 64;

    /// <summary>The family: <see cref="NetworkFamily"/>.</summary>
    [FieldOffset(0)]
    public uint Family;

    /// <summary>Source, IPv4: the local address of outgoing traffic, the remote one of incoming.</summary>
    [FieldOffset(4)]
    public uint MsgSrcIp4;

    /// <summary>Source, either family.</summary>
    [FieldOffset(4)]
    public NetworkAddress MsgSrcIp6;

    /// <summary>The source's port.</summary>
    [FieldOffset(20)]
    public ushort MsgSrcPort;

    /// <summary>Destination, IPv4; a connect program may change it.</summary>
    [FieldOffset(24)]
    public uint UserIp4;

    /// <summary>Destination, either family.</summary>
    [FieldOffset(24)]
    public NetworkAddress UserIp6;

    /// <summary>The destination's port; a connect program may change it.</summary>
    [FieldOffset(40)]
    public ushort UserPort;

    /// <summary>The IP protocol.</summary>
    [FieldOffset(44)]
    public uint Protocol;

    /// <summary>The network compartment.</summary>
    [FieldOffset(48)]
    public uint CompartmentId;

    /// <summary>The interface's LUID; 0 if a connection has not been routed yet.</summary>
    [FieldOffset(56)]
    public ulong InterfaceLuid;
}
