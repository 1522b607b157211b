using KernelSim.NetEbpfExt.Contexts;
using KernelSim.NetEbpfExt.Events;
using KernelSim.NetEbpfExt.Hooks;
using KernelSim.Protocol;

namespace KernelSim.NetEbpfExt.Xdp;

/// <summary>Incoming packets. One program for each interface, and possibly one for the others.</summary>
internal static unsafe class XdpHook
{
    /// <summary>Runs the program of the packet's interface. At DISPATCH_LEVEL.</summary>
    /// <param name="section">The section in which to deliver.</param>
    /// <param name="hook">The XDP hook.</param>
    /// <param name="frame">The packet; the program's changes stay in it.</param>
    public static NetworkVerdict Classify(ref HookSection section, HookProvider hook, PacketFrame* frame)
    {
        if (section.FilterFor(hook, frame->Context.IngressIfindex) is not { } filter)
        {
            return default;
        }

        EbpfResult status = section.Run(filter.Clients[0], &frame->Context, out uint result);
        NetworkAction action = status != EbpfResult.Success ? NetworkAction.Block : (XdpAction)result switch
        {
            XdpAction.Pass => NetworkAction.Permit,
            XdpAction.Tx => NetworkAction.Transmit,
            _ => NetworkAction.Block,
        };
        return new NetworkVerdict(action, Programs: 1, result, status);
    }
}
