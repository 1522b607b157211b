using KernelSim.EbpfCore.Extensions;

namespace KernelSim.NetEbpfExt.SockOps;

/// <summary>Helpers of SOCK_OPS programs.</summary>
internal static unsafe class SockOpsHelpers
{
    /// <summary><c>bpf_sock_ops_get_flow_id</c>: the connection's id.</summary>
    public static ulong GetFlowId(in HelperCall call, ulong context, ulong r2, ulong r3, ulong r4, ulong r5) =>
        SockOpsFrame.Of((byte*)context)->FlowId;
}
