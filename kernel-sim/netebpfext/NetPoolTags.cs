using KernelSim.Nt.Mm;

namespace KernelSim.NetEbpfExt;

/// <summary>The tag under which the driver's pool blocks are counted.</summary>
internal static class NetPoolTags
{
    /// <summary><c>NET_EBPF_EXTENSION_POOL_TAG</c>: contexts of test runs, packets, redirect contexts.</summary>
    public static readonly PoolTag Extension = new("ebfN");
}
