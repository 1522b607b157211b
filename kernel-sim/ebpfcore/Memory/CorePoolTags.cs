using KernelSim.Nt.Mm;

namespace KernelSim.EbpfCore.Memory;

/// <summary>The tags under which the driver's pool blocks are counted.</summary>
internal static class CorePoolTags
{
    /// <summary><c>EBPF_POOL_TAG_MAP</c>: values, buckets and arrays of maps.</summary>
    public static readonly PoolTag Map = new("mpBE");

    /// <summary><c>EBPF_POOL_TAG_RING_BUFFER</c>: the pages of rings.</summary>
    public static readonly PoolTag RingBuffer = new("brBE");

    /// <summary><c>EBPF_POOL_TAG_EPOCH</c>: the epoch manager's own memory.</summary>
    public static readonly PoolTag Epoch = new("peBE");

    /// <summary><c>EBPF_POOL_TAG_PROGRAM</c>: code.</summary>
    public static readonly PoolTag Program = new("prBE");
}
