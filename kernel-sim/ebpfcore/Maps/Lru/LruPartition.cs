using System.Runtime.InteropServices;
using KernelSim.Nt.Ke;

namespace KernelSim.EbpfCore.Maps;

/// <summary>
/// The uses of keys recorded by some of the processors: <c>ebpf_lru_partition_t</c>. A cache line of its own, guarded by
/// <see cref="Lock"/>, except that the generation is read without it to see that there is nothing to do.
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = LruPartition.Bytes)]
internal unsafe struct LruPartition
{
    /// <summary>Size of the structure: a cache line.</summary>
    public const int Bytes = 64;

    /// <summary>Entries used in the current generation, ordered by their first use in it.</summary>
    public LruLink Hot;

    /// <summary>Entries used in earlier generations only, oldest generation first.</summary>
    public LruLink Cold;

    /// <summary>The current generation.</summary>
    public ulong Generation;

    /// <summary>Number of entries in <see cref="Hot"/>.</summary>
    public ulong HotCount;

    /// <summary>Taken after a bucket's lock; no lock is taken after it. One partition's at a time.</summary>
    public KSpinLock Lock;
}
