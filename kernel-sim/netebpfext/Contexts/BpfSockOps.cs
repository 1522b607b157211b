using System.Runtime.InteropServices;

namespace KernelSim.NetEbpfExt.Contexts;

/// <summary>The context of a SOCK_OPS program: <c>bpf_sock_ops_t</c>, 64 bytes. Addresses and ports are in network byte order.</summary>
[StructLayout(LayoutKind.Explicit, Size = ByteCount)]
public struct BpfSockOps
{
    /// <summary>Size of the structure in bytes.</summary>
    public const int ByteCount = 64;

    /// <summary>The connection event.</summary>
    [FieldOffset(0)]
    public SockOpType Op;

    /// <summary>The family: <see cref="NetworkFamily"/>.</summary>
    [FieldOffset(4)]
    public uint Family;

    /// <summary>The local address, IPv4.</summary>
    [FieldOffset(8)]
    public uint LocalIp4;

    /// <summary>The local address, either family.</summary>
    [FieldOffset(8)]
    public NetworkAddress LocalIp6;

    /// <summary>The local port.</summary>
    [FieldOffset(24)]
    public uint LocalPort;

    /// <summary>The remote address, IPv4.</summary>
    [FieldOffset(28)]
    public uint RemoteIp4;

    /// <summary>The remote address, either family.</summary>
    [FieldOffset(28)]
    public NetworkAddress RemoteIp6;

    /// <summary>The remote port.</summary>
    [FieldOffset(44)]
    public uint RemotePort;

    /// <summary>The IP protocol.</summary>
    [FieldOffset(48)]
    public byte Protocol;

    /// <summary>The network compartment.</summary>
    [FieldOffset(52)]
    public uint CompartmentId;

    /// <summary>LUID of the interface.</summary>
    [FieldOffset(56)]
    public ulong InterfaceLuid;
}
