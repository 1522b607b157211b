using System.Net;
using KernelSim.NetEbpfExt.Contexts;
using KernelSim.NetEbpfExt.Events;
using KernelSim.NetEbpfExt.Hooks;
using KernelSim.Protocol;

namespace KernelSim.NetEbpfExt.SockOps;

/// <summary>Connections that are established and closed. One program for each compartment, and possibly one for the others.</summary>
internal static unsafe class SockOpsHook
{
    /// <summary>
    /// Runs the program of the connection's compartment, which may block a new connection but not the end of one. At
    /// DISPATCH_LEVEL. A connection whose program cannot be run is permitted.
    /// </summary>
    /// <remarks>
    /// No state is kept per connection: its end is reported to the program attached at that time. Upstream reports it only to programs that saw
    /// its beginning.
    /// </remarks>
    public static NetworkVerdict Classify(ref HookSection section, HookProvider hook, in NetworkEvent @event)
    {
        if (section.FilterFor(hook, @event.CompartmentId) is not { } filter)
        {
            return default;
        }

        SockOpsFrame frame = default;
        ref BpfSockOps context = ref frame.Context;
        context.Op = @event.Kind switch
        {
            NetworkEventKind.ConnectionEstablished => SockOpType.ActiveEstablished,
            NetworkEventKind.ConnectionAccepted => SockOpType.PassiveEstablished,
            _ => SockOpType.ConnectionDeleted,
        };
        context.Family = @event.FamilyNumber;
        context.LocalIp6 = @event.LocalAddress;
        context.LocalPort = NetworkOrder(@event.LocalPort);
        context.RemoteIp6 = @event.RemoteAddress;
        context.RemotePort = NetworkOrder(@event.RemotePort);
        context.Protocol = @event.Protocol;
        context.CompartmentId = @event.CompartmentId;
        context.InterfaceLuid = @event.InterfaceLuid;
        frame.ProcessId = @event.ProcessId;
        frame.FlowId = @event.EndpointId;

        EbpfResult status = section.Run(filter.Clients[0], &frame.Context, out uint result);
        bool goesOn = status != EbpfResult.Success || result == 0 || @event.Kind == NetworkEventKind.ConnectionClosed;
        return new NetworkVerdict(goesOn ? NetworkAction.Permit : NetworkAction.Block, Programs: 1, result, status);
    }

    private static ushort NetworkOrder(ushort port) => (ushort)IPAddress.HostToNetworkOrder((short)port);
}
