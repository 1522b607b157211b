using System.Runtime.InteropServices;
using KernelSim.EbpfCore.Extensions;
using KernelSim.NetEbpfExt.Contexts;
using KernelSim.NetEbpfExt.ProgramTypes;
using KernelSim.Protocol;

namespace KernelSim.NetEbpfExt.SockAddr;

/// <summary>A CGROUP_SOCK_ADDR context with the data of its helpers: <c>net_ebpf_sock_addr_t</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct SockAddrFrame : IProcessFrame
{
    public ProgramContextHeader Header;
    public BpfSockAddr Context;

    /// <summary>The context as it was before programs ran.</summary>
    public BpfSockAddr Original;

    public ulong LogonId;
    public ulong EndpointId;

    private ulong _redirectContext;

    public uint RedirectContextBytes;

    /// <summary>The hook that it is used in; <see cref="BpfAttachType.Unspec"/> in a test run.</summary>
    public BpfAttachType Hook;

    /// <summary>The strictest verdict so far.</summary>
    public SockAddrVerdict Verdict;

    public uint InterfaceType;
    public uint TunnelType;
    public ulong NextHopInterfaceLuid;
    public uint SubInterfaceIndex;

    /// <summary>Whether the process has a token.</summary>
    public bool HasToken;

    public bool IsAdministrator;

    public ulong ProcessId { get; set; }

    /// <summary>Data that a connect program left for the connecting process; allocated from pool and freed by the frame.</summary>
    public byte* RedirectContext
    {
        readonly get => (byte*)_redirectContext;
        set => _redirectContext = (ulong)value;
    }

    /// <summary>The frame of a context.</summary>
    public static SockAddrFrame* Of(byte* context) => (SockAddrFrame*)(context - ProgramContextHeader.ByteCount);

    /// <summary>Whether a program has changed the destination.</summary>
    public readonly bool IsRedirected =>
        Context.UserPort != Original.UserPort
        || (Context.Family == NetworkFamily.V4 ? Context.UserIp4 != Original.UserIp4 : Context.UserIp6 != Original.UserIp6);
}
