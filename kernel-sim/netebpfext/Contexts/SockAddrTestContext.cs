using System.Runtime.InteropServices;
using KernelSim.Protocol.Messages;

namespace KernelSim.NetEbpfExt.Contexts;

/// <summary>
/// The longer context that a test run may give a CGROUP_SOCK_ADDR program: <c>bpf_sock_addr_test_context_t</c>, 120 bytes.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = ByteCount)]
public struct SockAddrTestContext
{
    /// <summary>Its size, and the size in its header.</summary>
    public const int ByteCount = 120;

    /// <summary>The version of this structure: <c>BPF_SOCK_ADDR_TEST_CONTEXT_VERSION</c>.</summary>
    public const ushort CurrentVersion = 1;

    /// <summary>Version and size.</summary>
    [FieldOffset(0)]
    public ExtensionHeader Header;

    /// <summary>The context.</summary>
    [FieldOffset(24)]
    public BpfSockAddr Context;

    /// <summary>What <c>bpf_sock_addr_get_network_context</c> answers.</summary>
    [FieldOffset(88)]
    public SockAddrNetworkContext NetworkContext;
}
