using KernelSim.EbpfCore.Extensions;
using KernelSim.NetEbpfExt.Contexts;

namespace KernelSim.NetEbpfExt.Xdp;

/// <summary>Helpers of XDP programs.</summary>
internal static unsafe class XdpHelpers
{
    /// <summary>Bytes before every packet that a program can add to its front.</summary>
    public const int Headroom = 256;

    private const ulong Failed = ulong.MaxValue; // -1

    /// <summary>
    /// <c>bpf_xdp_adjust_head</c>: moves the packet's first byte by a number of bytes, forwards at most to its end, backwards as far as there
    /// is room. New bytes in front are zero. Returns 0, or -1 and nothing moves.
    /// </summary>
    public static ulong AdjustHead(in HelperCall call, ulong context, ulong delta, ulong r3, ulong r4, ulong r5)
    {
        PacketFrame* frame = PacketFrame.Of((byte*)context);
        ref XdpMd md = ref frame->Context;
        long by = (int)delta;
        long place = md.Data - frame->Buffer + by;
        if (place < 0 || place > md.DataEnd - frame->Buffer)
        {
            return Failed;
        }

        if (by < 0)
        {
            new Span<byte>(frame->Buffer + place, (int)-by).Clear();
        }

        md.Data = frame->Buffer + place;
        return 0;
    }
}
