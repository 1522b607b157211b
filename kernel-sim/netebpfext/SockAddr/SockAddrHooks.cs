using System.Net;
using KernelSim.NetEbpfExt.Contexts;
using KernelSim.NetEbpfExt.Events;
using KernelSim.NetEbpfExt.Hooks;
using KernelSim.Protocol;

namespace KernelSim.NetEbpfExt.SockAddr;

/// <summary>
/// The hooks of CGROUP_SOCK_ADDR, for sockets that bind, listen, connect and accept: one for each attach type and family.
/// All at DISPATCH_LEVEL.
/// </summary>
internal sealed class SockAddrHooks(Func<BpfAttachType, HookProvider> hookOf)
{
    private readonly Pair _connect = new(hookOf(BpfAttachType.CgroupInet4Connect), hookOf(BpfAttachType.CgroupInet6Connect));
    private readonly Pair _authorize = new(
        hookOf(BpfAttachType.CgroupInet4ConnectAuthorization), hookOf(BpfAttachType.CgroupInet6ConnectAuthorization));

    private readonly Pair _accept = new(hookOf(BpfAttachType.CgroupInet4RecvAccept), hookOf(BpfAttachType.CgroupInet6RecvAccept));
    private readonly Pair _bind = new(hookOf(BpfAttachType.CgroupInet4Bind), hookOf(BpfAttachType.CgroupInet6Bind));
    private readonly Pair _listen = new(hookOf(BpfAttachType.CgroupInet4Listen), hookOf(BpfAttachType.CgroupInet6Listen));

    /// <summary>A remote host connects to a local socket. The source is the remote side.</summary>
    public NetworkVerdict Accept(ref HookSection section, in NetworkEvent @event)
    {
        SockAddrFrame frame = FrameOf(@event);
        (frame.Context.MsgSrcIp6, frame.Context.MsgSrcPort) = (@event.RemoteAddress, NetworkOrder(@event.RemotePort));
        (frame.Context.UserIp6, frame.Context.UserPort) = (@event.LocalAddress, NetworkOrder(@event.LocalPort));
        return Ask(ref section, _accept.For(@event.IsV6), ref frame);
    }

    /// <summary>A socket starts to listen. Source and destination are both the local address; it is TCP, and has no cookie yet.</summary>
    public NetworkVerdict Listen(ref HookSection section, in NetworkEvent @event)
    {
        SockAddrFrame frame = FrameOf(@event);
        frame.EndpointId = 0;
        frame.Context.Protocol = NetworkEvent.Tcp;
        (frame.Context.MsgSrcIp6, frame.Context.MsgSrcPort) = (@event.LocalAddress, NetworkOrder(@event.LocalPort));
        (frame.Context.UserIp6, frame.Context.UserPort) = (frame.Context.MsgSrcIp6, frame.Context.MsgSrcPort);
        return Ask(ref section, _listen.For(@event.IsV6), ref frame);
    }

    /// <summary>
    /// A socket asks for a local address, which is the destination here. Several programs run; the strictest verdict counts, and changes
    /// to the context are ignored.
    /// </summary>
    public NetworkVerdict Bind(ref HookSection section, in NetworkEvent @event)
    {
        SockAddrFrame frame = FrameOf(@event);
        frame.EndpointId = 0;
        frame.Verdict = SockAddrVerdict.ProceedSoft;
        (frame.Context.UserIp6, frame.Context.UserPort) = (@event.LocalAddress, NetworkOrder(@event.LocalPort));
        HookProvider hook = _bind.For(@event.IsV6);
        frame.Hook = hook.Type.Type;
        if (section.FilterFor(hook, frame.Context.CompartmentId) is not { } filter)
        {
            return default;
        }

        SockAddrChain chain = default;
        chain.Run(ref section, filter, ref frame, DestinationWrites.Ignored);
        return chain.Verdict(frame.Verdict);
    }

    /// <summary>
    /// A socket connects. Connect programs run first, those of the compartment before wildcards; they may redirect the connection,
    /// which ends the chain. Unless one rejects, authorization programs run next; they may not redirect.
    /// </summary>
    /// <remarks>
    /// An IPv4-mapped IPv6 address is passed to the IPv4 hooks, as the IPv4 address. Upstream keeps the verdict of
    /// the first step in a list until the system calls for the second; here one event covers both.
    /// </remarks>
    public NetworkVerdict Connect(ref HookSection section, in NetworkEvent @event)
    {
        bool mapped = @event.IsV6 && @event.RemoteAddress.IsV4Mapped;
        bool v6 = @event.IsV6 && !mapped;
        SockAddrFrame frame = FrameOf(@event);
        frame.Verdict = SockAddrVerdict.ProceedSoft;
        frame.Context.Family = v6 ? NetworkFamily.V6 : NetworkFamily.V4;
        (frame.Context.MsgSrcIp6, frame.Context.MsgSrcPort) = (@event.LocalAddress, NetworkOrder(@event.LocalPort));
        (frame.Context.UserIp6, frame.Context.UserPort) =
            (mapped ? @event.RemoteAddress.UnmappedV4 : @event.RemoteAddress, NetworkOrder(@event.RemotePort));
        ulong interfaceLuid = frame.Context.InterfaceLuid;
        frame.Context.InterfaceLuid = 0; // not routed yet
        frame.Original = frame.Context;

        SockAddrChain chain = default;
        HookProvider connect = _connect.For(v6);
        frame.Hook = connect.Type.Type;
        foreach (HookFilter filter in section.FiltersOf(connect))
        {
            if (!filter.Wants(@event.CompartmentId))
            {
                continue;
            }

            // The verdict of the programs before these is discarded, as upstream's list discards it.
            frame.Verdict = SockAddrVerdict.ProceedSoft;
            if (!chain.Run(ref section, filter, ref frame, DestinationWrites.Redirect))
            {
                break;
            }

            frame.Context = frame.Original;
        }

        bool redirected = chain.IsRedirected && frame.Verdict != SockAddrVerdict.Reject;
        BpfSockAddr destination = redirected ? frame.Context : frame.Original;
        SockAddrHelpers.FreeRedirectContext(section.Current.Machine.Pool, ref frame);
        if (frame.Verdict != SockAddrVerdict.Reject)
        {
            HookProvider authorize = _authorize.For(v6);
            frame.Hook = authorize.Type.Type;
            frame.Context.InterfaceLuid = frame.NextHopInterfaceLuid = interfaceLuid;
            if (section.FilterFor(authorize, @event.CompartmentId) is { } filter)
            {
                chain.Run(ref section, filter, ref frame, DestinationWrites.TakenBack);
            }
        }

        NetworkVerdict verdict = chain.Verdict(frame.Verdict);
        return verdict with
        {
            Action = redirected && verdict.Action != NetworkAction.Block ? NetworkAction.Redirect : verdict.Action,
            Address = mapped ? destination.UserIp6.MappedToV6 : destination.UserIp6,
            Port = NetworkOrder(destination.UserPort),
        };
    }

    private static SockAddrFrame FrameOf(in NetworkEvent @event)
    {
        SockAddrFrame frame = default;
        frame.Context.Family = @event.FamilyNumber;
        frame.Context.Protocol = @event.Protocol;
        frame.Context.CompartmentId = @event.CompartmentId;
        frame.Context.InterfaceLuid = @event.InterfaceLuid;
        frame.ProcessId = @event.ProcessId;
        frame.LogonId = @event.LogonId;
        frame.HasToken = @event.LogonId != 0;
        frame.IsAdministrator = @event.IsAdministrator;
        frame.EndpointId = @event.EndpointId;
        frame.InterfaceType = @event.InterfaceIndex == 0 ? 0 : (uint)NetworkEvent.EthernetInterfaceType;
        return frame;
    }

    /// <summary>Runs the one program of a hook that accepts one per compartment. If it cannot be run, the event is blocked.</summary>
    private static unsafe NetworkVerdict Ask(ref HookSection section, HookProvider hook, ref SockAddrFrame frame)
    {
        frame.Hook = hook.Type.Type;
        if (section.FilterFor(hook, frame.Context.CompartmentId) is not { } filter)
        {
            return default;
        }

        fixed (BpfSockAddr* context = &frame.Context)
        {
            EbpfResult status = section.Run(filter.Clients[0], context, out uint result);
            SockAddrVerdict verdict = status == EbpfResult.Success ? SockAddrChain.Normalize(result) : SockAddrVerdict.Reject;
            return new NetworkVerdict(SockAddrChain.ActionOf(verdict), Programs: 1, result, status);
        }
    }

    private static ushort NetworkOrder(ushort port) => (ushort)IPAddress.HostToNetworkOrder((short)port);

    private sealed record Pair(HookProvider V4, HookProvider V6)
    {
        public HookProvider For(bool v6) => v6 ? V6 : V4;
    }
}
