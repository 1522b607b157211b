using System.Runtime.InteropServices;

namespace KernelSim.NetEbpfExt.Contexts;

/// <summary>What an XDP program sees of a packet: <c>xdp_md_t</c>, 32 bytes.</summary>
[StructLayout(LayoutKind.Explicit, Size = ByteCount)]
public unsafe struct XdpMd
{
    /// <summary>Its size.</summary>
    public const int ByteCount = 32;

    /// <summary>The packet's first byte.</summary>
    [FieldOffset(0)]
    public byte* Data;

    /// <summary>One past the packet's last byte.</summary>
    [FieldOffset(8)]
    public byte* DataEnd;

    /// <summary>Room for a program's own number.</summary>
    [FieldOffset(16)]
    public ulong DataMeta;

    /// <summary>The interface that the packet came in on.</summary>
    [FieldOffset(24)]
    public uint IngressIfindex;
}
