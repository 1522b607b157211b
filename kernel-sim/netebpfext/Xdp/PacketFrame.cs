using System.Runtime.InteropServices;
using KernelSim.EbpfCore.Extensions;
using KernelSim.NetEbpfExt.Contexts;

namespace KernelSim.NetEbpfExt.Xdp;

/// <summary>
/// A packet during an XDP program: the context, and the buffer around the packet, which helpers may use more of. In
/// kernel memory; the creator of the frame owns the buffer.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct PacketFrame
{
    public ProgramContextHeader Header;
    public XdpMd Context;

    private ulong _buffer;

    /// <summary>Size of the buffer in bytes.</summary>
    public int BufferLength;

    /// <summary>The buffer's first byte: the limit for moving the packet's head.</summary>
    public byte* Buffer
    {
        readonly get => (byte*)_buffer;
        set => _buffer = (ulong)value;
    }

    /// <summary>The frame of a context.</summary>
    public static PacketFrame* Of(byte* context) => (PacketFrame*)(context - ProgramContextHeader.ByteCount);
}
