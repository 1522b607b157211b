using System.Runtime.InteropServices;
using KernelSim.EbpfCore.Extensions;
using KernelSim.NetEbpfExt.Contexts;
using KernelSim.NetEbpfExt.ProgramTypes;

namespace KernelSim.NetEbpfExt.SockOps;

/// <summary>A SOCK_OPS context with the data of its helpers: <c>net_ebpf_sock_ops_t</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct SockOpsFrame : IProcessFrame
{
    public ProgramContextHeader Header;
    public BpfSockOps Context;
    public ulong FlowId;

    public ulong ProcessId { get; set; }

    /// <summary>The frame of a context.</summary>
    public static SockOpsFrame* Of(byte* context) => (SockOpsFrame*)(context - ProgramContextHeader.ByteCount);
}
