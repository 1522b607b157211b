using System.Runtime.InteropServices;

namespace KernelSim.NetEbpfExt.Contexts;

/// <summary>The context of an XDP program: <c>xdp_md_t</c>, 32 bytes.</summary>
[StructLayout(LayoutKind.Explicit, Size = ByteCount)]
public unsafe struct XdpMd
{
    /// <summary>Size of the structure in bytes.</summary>
    public const int ByteCount = 32;

    /// <summary>The packet's first byte.</summary>
    [FieldOffset(0)]
    public byte* Data;

    /// <summary>One past the packet's last byte.</summary>
    [FieldOffset(8)]
    public byte* DataEnd;

    /// <summary>A number for the program's own use.</summary>
    [FieldOffset(16)]
    public ulong DataMeta;

    /// <summary>Index of the interface on which the packet arrived.</summary>
    [FieldOffset(24)]
    public uint IngressIfindex;
}
