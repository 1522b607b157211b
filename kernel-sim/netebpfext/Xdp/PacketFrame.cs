using System.Runtime.InteropServices;
using KernelSim.EbpfCore.Extensions;
using KernelSim.NetEbpfExt.Contexts;

namespace KernelSim.NetEbpfExt.Xdp;

/// <summary>
/// A packet on its way through an XDP program: the context, and the buffer around the packet, which helpers may want to use more of. In
/// kernel memory; the buffer's owner is whoever made the frame.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct PacketFrame
{
    public ProgramContextHeader Header;
    public XdpMd Context;

    /// <summary>The buffer's first byte: how far the packet's head can be moved.</summary>
    public byte* Buffer;

    /// <summary>Bytes of the buffer.</summary>
    public int BufferLength;

    /// <summary>The frame of a context.</summary>
    public static PacketFrame* Of(byte* context) => (PacketFrame*)(context - ProgramContextHeader.ByteCount);
}
