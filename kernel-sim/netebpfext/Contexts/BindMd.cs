using System.Runtime.InteropServices;

namespace KernelSim.NetEbpfExt.Contexts;

/// <summary>The context of a BIND program: <c>bind_md_t</c>, 56 bytes.</summary>
[StructLayout(LayoutKind.Explicit, Size = ByteCount)]
public unsafe struct BindMd
{
    /// <summary>Size of the structure in bytes.</summary>
    public const int ByteCount = 56;

    /// <summary>Room for the socket address: a <c>SOCKADDR_IN</c>.</summary>
    public const int SocketAddressBytes = 16;

    /// <summary>The application's file name in UTF-16, without its folder.</summary>
    [FieldOffset(0)]
    public byte* AppIdStart;

    /// <summary>One past the file name's last byte.</summary>
    [FieldOffset(8)]
    public byte* AppIdEnd;

    /// <summary>Id of the process that binds.</summary>
    [FieldOffset(16)]
    public ulong ProcessId;

    /// <summary>The local address: family (u16), port (u16, host byte order), IPv4 address (host byte order).</summary>
    /// <remarks>Upstream fills these from values in host byte order as well.</remarks>
    [FieldOffset(24)]
    public fixed byte SocketAddress[SocketAddressBytes];

    /// <summary>Bytes of <see cref="SocketAddress"/> in use.</summary>
    [FieldOffset(40)]
    public byte SocketAddressLength;

    /// <summary>Whether the address is being bound or released.</summary>
    [FieldOffset(44)]
    public BindOperation Operation;

    /// <summary>The IP protocol.</summary>
    [FieldOffset(48)]
    public byte Protocol;
}
