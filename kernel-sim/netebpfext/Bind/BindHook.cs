using System.Runtime.InteropServices;
using KernelSim.NetEbpfExt.Contexts;
using KernelSim.NetEbpfExt.Events;
using KernelSim.NetEbpfExt.Hooks;
using KernelSim.Protocol;

namespace KernelSim.NetEbpfExt.Bind;

/// <summary>Sockets that bind and release local addresses: one program for all.</summary>
internal static unsafe class BindHook
{
    private const int PortOffset = 2;
    private const int AddressOffset = 4;

    /// <summary>Runs the program. At PASSIVE_LEVEL. A bind whose program cannot be run is permitted, and so is every unbind.</summary>
    /// <remarks>The context has room for an IPv4 address only: for an IPv6 bind it has only the port.</remarks>
    public static NetworkVerdict Classify(ref HookSection section, HookProvider hook, in NetworkEvent @event)
    {
        NetworkVerdict unasked = new(NetworkAction.NotFiltered) { Address = @event.LocalAddress, Port = @event.LocalPort };
        if (section.FilterFor(hook, 0) is not { } filter)
        {
            return unasked;
        }

        BindFrame frame = default;
        BindMd* md = &frame.Context;
        md->ProcessId = @event.ProcessId;
        md->Protocol = @event.Protocol;
        md->Operation = @event.Kind == NetworkEventKind.Unbind ? BindOperation.Unbind : BindOperation.Bind;
        md->SocketAddressLength = BindMd.SocketAddressBytes;
        Span<byte> address = new(md->SocketAddress, BindMd.SocketAddressBytes);
        MemoryMarshal.Write(address, (ushort)NetworkFamily.V4);
        MemoryMarshal.Write(address[PortOffset..], @event.LocalPort);
        MemoryMarshal.Write(address[AddressOffset..], @event.IsV6 ? 0 : @event.LocalAddress.V4HostOrder);

        string application = @event.Application ?? string.Empty;
        fixed (char* path = application)
        {
            // The path ends with a zero character, which is part of it.
            ApplicationId.Set(md, (byte*)path, application.Length == 0 ? 0 : (application.Length + 1) * sizeof(char));
            EbpfResult status = section.Run(filter.Clients[0], md, out uint result);
            return Judge(unasked, @event, status, result, address);
        }
    }

    private static NetworkVerdict Judge(
        NetworkVerdict unasked, in NetworkEvent @event, EbpfResult status, uint result, ReadOnlySpan<byte> address)
    {
        NetworkVerdict verdict = unasked with { Programs = 1, ProgramResult = result, Status = status };
        if (status != EbpfResult.Success || @event.Kind == NetworkEventKind.Unbind)
        {
            return verdict with { Action = NetworkAction.Permit };
        }

        if ((BindAction)result == BindAction.Redirect)
        {
            return verdict with
            {
                Action = NetworkAction.Redirect,
                Address = @event.IsV6 ? @event.LocalAddress : NetworkAddress.FromV4(MemoryMarshal.Read<uint>(address[AddressOffset..])),
                Port = MemoryMarshal.Read<ushort>(address[PortOffset..]),
            };
        }

        return verdict with
        {
            Action = (BindAction)result switch
            {
                BindAction.PermitSoft => NetworkAction.Permit,
                BindAction.PermitHard => NetworkAction.PermitHard,
                _ => NetworkAction.Block,
            },
        };
    }
}
