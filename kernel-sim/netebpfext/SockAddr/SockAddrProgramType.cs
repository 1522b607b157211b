using System.Runtime.InteropServices;
using KernelSim.EbpfCore.Extensions;
using KernelSim.NetEbpfExt.Contexts;
using KernelSim.NetEbpfExt.ProgramTypes;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;
using KernelSim.Protocol.Messages;

namespace KernelSim.NetEbpfExt.SockAddr;

/// <summary>The CGROUP_SOCK_ADDR program type: its context, its helpers, and contexts for test runs.</summary>
internal static unsafe class SockAddrProgramType
{
    private static readonly ContextDescriptor s_context = new() { Size = BpfSockAddr.ByteCount, Data = -1, End = -1, Meta = -1 };

    /// <summary>The data of the program type's provider.</summary>
    public static ProgramData Data { get; } = new(
        new ProgramInfo(new ProgramTypeDescriptor("sock_addr", s_context, ProgramTypeTable.CgroupSockAddr, BpfProgType.CgroupSockAddr))
        {
            // The first id belongs to a helper that has become a general one.
            TypeHelpers =
            [
                new HelperPrototype(
                    HelperPrototype.FirstTypeSpecificId + 2,
                    "bpf_sock_addr_set_redirect_context",
                    HelperReturnType.Integer,
                    HelperArgumentType.PtrToCtx,
                    HelperArgumentType.PtrToReadableMem,
                    HelperArgumentType.ConstSize),
                new HelperPrototype(
                    HelperPrototype.FirstTypeSpecificId + 3,
                    "bpf_sock_addr_get_network_context",
                    HelperReturnType.Integer,
                    HelperArgumentType.PtrToCtx,
                    HelperArgumentType.PtrToWritableMem,
                    HelperArgumentType.ConstSize),
            ],
            GlobalHelpers =
            [
                PidTgidHelper<SockAddrFrame>.Prototype,
                OfContext(BpfFuncId.GetCurrentLogonId, "bpf_get_current_logon_id"),
                OfContext(BpfFuncId.IsCurrentAdmin, "bpf_is_current_admin"),
                OfContext(BpfFuncId.GetSocketCookie, "bpf_get_socket_cookie"),
            ],
        })
    {
        TypeHelpers = [SockAddrHelpers.SetRedirectContext, SockAddrHelpers.GetNetworkContext],
        GlobalHelpers =
        [
            PidTgidHelper<SockAddrFrame>.GetCurrentPidTgid,
            SockAddrHelpers.GetCurrentLogonId,
            SockAddrHelpers.IsCurrentAdmin,
            SockAddrHelpers.GetSocketCookie,
        ],
        ContextCreate = Create,
        ContextDestroy = Destroy,
        RequiredIrql = Irql.Dispatch,
    };

    /// <summary>The route of a frame's connection.</summary>
    public static SockAddrNetworkContext NetworkContextOf(in SockAddrFrame frame) => new()
    {
        Version = SockAddrNetworkContext.CurrentVersion,
        InterfaceType = frame.InterfaceType,
        TunnelType = frame.TunnelType,
        NextHopInterfaceLuid = frame.NextHopInterfaceLuid,
        SubInterfaceIndex = frame.SubInterfaceIndex,
    };

    private static HelperPrototype OfContext(BpfFuncId id, string name) =>
        new(id, name, HelperReturnType.Integer, HelperArgumentType.PtrToCtx);

    /// <summary>
    /// A context is required, data are refused. A context of the length of <see cref="SockAddrTestContext"/> must be one, and its network context
    /// is then the helper's result.
    /// </summary>
    private static EbpfResult Create(KeThread current, ReadOnlySpan<byte> data, ReadOnlySpan<byte> context, out byte* created)
    {
        created = null;
        if (!data.IsEmpty || context.Length < BpfSockAddr.ByteCount)
        {
            return EbpfResult.InvalidArgument;
        }

        bool extended = context.Length >= SockAddrTestContext.ByteCount;
        SockAddrTestContext given = extended
            ? MemoryMarshal.Read<SockAddrTestContext>(context)
            : new SockAddrTestContext { Context = MemoryMarshal.Read<BpfSockAddr>(context) };
        if (extended && !IsCurrent(given))
        {
            return EbpfResult.InvalidArgument;
        }

        var frame = (SockAddrFrame*)current.Machine.Pool.Allocate((nuint)sizeof(SockAddrFrame), NetPoolTags.Extension);
        if (frame == null)
        {
            return EbpfResult.NoMemory;
        }

        frame->Context = given.Context;
        if (extended)
        {
            frame->InterfaceType = given.NetworkContext.InterfaceType;
            frame->TunnelType = given.NetworkContext.TunnelType;
            frame->NextHopInterfaceLuid = given.NetworkContext.NextHopInterfaceLuid;
            frame->SubInterfaceIndex = given.NetworkContext.SubInterfaceIndex;
            frame->Hook = given.Context.Family == NetworkFamily.V4
                ? BpfAttachType.CgroupInet4ConnectAuthorization
                : BpfAttachType.CgroupInet6ConnectAuthorization;
        }

        created = (byte*)&frame->Context;
        return EbpfResult.Success;
    }

    private static void Destroy(
        KeThread current, byte* context, Span<byte> data, out int dataLength, Span<byte> contextOut, out int contextLength)
    {
        SockAddrFrame* frame = SockAddrFrame.Of(context);
        dataLength = 0;
        SockAddrTestContext extended = new()
        {
            Header = new ExtensionHeader
            {
                Version = SockAddrTestContext.CurrentVersion,
                Size = SockAddrTestContext.ByteCount,
                TotalSize = SockAddrTestContext.ByteCount,
            },
            Context = frame->Context,
            NetworkContext = NetworkContextOf(*frame),
        };
        contextLength =
            MemoryMarshal.TryWrite(contextOut, extended) ? SockAddrTestContext.ByteCount
            : MemoryMarshal.TryWrite(contextOut, frame->Context) ? BpfSockAddr.ByteCount
            : 0;
        current.Machine.Pool.Free((byte*)frame, NetPoolTags.Extension);
    }

    private static bool IsCurrent(in SockAddrTestContext given) =>
        given.Header.Version == SockAddrTestContext.CurrentVersion
        && given.Header.Size == SockAddrTestContext.ByteCount
        && given.Header.TotalSize == SockAddrTestContext.ByteCount
        && given.NetworkContext.Version == SockAddrNetworkContext.CurrentVersion;
}
