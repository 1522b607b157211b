using System.Runtime.InteropServices;

namespace KernelSim.NetEbpfExt.Contexts;

/// <summary>The route of a connection: <c>bpf_sock_addr_network_context_t</c>, 32 bytes.</summary>
[StructLayout(LayoutKind.Explicit, Size = ByteCount)]
public struct SockAddrNetworkContext
{
    /// <summary>Size of the structure in bytes.</summary>
    public const int ByteCount = 32;

    /// <summary>The version of this structure: <c>BPF_SOCK_ADDR_NETWORK_CONTEXT_VERSION</c>.</summary>
    public const uint CurrentVersion = 1;

    /// <summary>The structure's version.</summary>
    [FieldOffset(0)]
    public uint Version;

    /// <summary>The type of interface, an IANA number; 0 if unknown.</summary>
    [FieldOffset(4)]
    public uint InterfaceType;

    /// <summary>The type of tunnel, an IANA number; 0 for none.</summary>
    [FieldOffset(8)]
    public uint TunnelType;

    /// <summary>LUID of the interface of the next hop; 0 if unknown.</summary>
    [FieldOffset(16)]
    public ulong NextHopInterfaceLuid;

    /// <summary>Index of the sub-interface; 0 if unknown.</summary>
    [FieldOffset(24)]
    public uint SubInterfaceIndex;
}
