using KernelSim.EbpfCore.Memory;

namespace KernelSim.EbpfCore.Maps;

/// <summary>
/// The layout of an entry's history, <c>ebpf_lru_entry_t</c>: after the value padded to 8 bytes, for each partition a link, a
/// generation and a time, then a copy of the key. Neither programs nor user mode see any of it.
/// </summary>
/// <param name="partitions">Number of partitions.</param>
/// <param name="offset">Offset from the start of a value block to its history.</param>
internal readonly unsafe struct LruEntries(int partitions, nuint offset)
{
    /// <summary>The generation of an entry that a partition does not track.</summary>
    public const ulong Untracked = 0;

    /// <summary>The generation of a deleted entry; threads that still see it ignore it.</summary>
    public const ulong Deleted = ulong.MaxValue;

    private readonly nuint _perPartition = (nuint)partitions * sizeof(ulong);

    /// <summary>Size of a history in bytes.</summary>
    public static nuint Size(int partitions, nuint keySize) => ((nuint)partitions * (nuint)(sizeof(LruLink) + (2 * sizeof(ulong)))) + keySize;

    /// <summary>The history in a value block.</summary>
    public byte* Of(byte* value) => value + offset;

    /// <summary>The history that contains a partition's link.</summary>
    public static byte* Of(LruLink* link, int partition) => (byte*)(link - partition);

    /// <summary>An entry's link in the lists of a partition.</summary>
    public static LruLink* Link(byte* entry, int partition) => (LruLink*)entry + partition;

    /// <summary>The generation of the last use that a partition recorded for an entry.</summary>
    public ref ulong Generation(byte* entry, int partition) => ref ((ulong*)(entry + (2 * _perPartition)))[partition];

    /// <summary>Time of the last use that a partition recorded, in 100 ns since boot; kept when the partition stops tracking the entry.</summary>
    public ref ulong LastUsed(byte* entry, int partition) => ref ((ulong*)(entry + (3 * _perPartition)))[partition];

    /// <summary>Address of the entry's key.</summary>
    public byte* Key(byte* entry) => entry + (4 * _perPartition);

    /// <summary>Initializes the history of a new entry: no partition tracks it.</summary>
    public void Initialize(byte* entry, byte* key, nuint keySize)
    {
        for (int i = 0; i < partitions; i++)
        {
            Generation(entry, i) = Untracked;
            LastUsed(entry, i) = 0;
        }

        BlockCopy.Copy(Key(entry), key, keySize);
    }

    /// <summary>Time of the last use that any partition recorded. Other partitions may be recording one meanwhile.</summary>
    public ulong NewestUse(byte* entry)
    {
        ulong newest = 0;
        for (int i = 0; i < partitions; i++)
        {
            newest = Math.Max(newest, Volatile.Read(ref LastUsed(entry, i)));
        }

        return newest;
    }
}
