using System.Runtime.InteropServices;
using KernelSim.Protocol.Messages;

namespace KernelSim.NetEbpfExt.Contexts;

/// <summary>
/// The extended context that a test run may give a CGROUP_SOCK_ADDR program: <c>bpf_sock_addr_test_context_t</c>, 120 bytes.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = ByteCount)]
public struct SockAddrTestContext
{
    /// <summary>Size of the structure in bytes, also given in its header.</summary>
    public const int ByteCount = 120;

    /// <summary>The version of this structure: <c>BPF_SOCK_ADDR_TEST_CONTEXT_VERSION</c>.</summary>
    public const ushort CurrentVersion = 1;

    /// <summary>Version and size.</summary>
    [FieldOffset(0)]
    public ExtensionHeader Header;

    /// <summary>The context of the program.</summary>
    [FieldOffset(24)]
    public BpfSockAddr Context;

    /// <summary>The result of <c>bpf_sock_addr_get_network_context</c>.</summary>
    [FieldOffset(88)]
    public SockAddrNetworkContext NetworkContext;
}
