using System.Runtime.InteropServices;
using KernelSim.Nt.Ke;

namespace KernelSim.EbpfCore.Maps;

/// <summary>
/// What some of the processors remember of the uses of keys: <c>ebpf_lru_partition_t</c>. A cache line of its own; all of it under
/// <see cref="Lock"/>, but that the generation is read without it to see that there is nothing to do.
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = LruPartition.Bytes)]
internal unsafe struct LruPartition
{
    /// <summary>A cache line.</summary>
    public const int Bytes = 64;

    /// <summary>Entries used in the current generation, by first use in it.</summary>
    public LruLink Hot;

    /// <summary>Entries used in earlier generations only, oldest generation first.</summary>
    public LruLink Cold;

    /// <summary>The current generation.</summary>
    public ulong Generation;

    /// <summary>Entries in <see cref="Hot"/>.</summary>
    public ulong HotCount;

    /// <summary>Taken after a bucket's lock, before nothing; one partition's at a time.</summary>
    public KSpinLock Lock;
}
