namespace KernelSim.EbpfCore.Maps;

/// <summary>
/// Where the parts of an entry's history lie, <c>ebpf_lru_entry_t</c>: behind the value padded to 8 bytes, for each partition a link, a
/// generation and a time, then a copy of the key. Neither programs nor user mode see any of it.
/// </summary>
/// <param name="partitions">How many partitions.</param>
/// <param name="offset">From the start of a value block to its history.</param>
internal readonly unsafe struct LruEntries(int partitions, nuint offset)
{
    /// <summary>The generation of an entry that a partition does not know.</summary>
    public const ulong Untracked = 0;

    /// <summary>The generation of an entry that has gone; what still sees it leaves it alone.</summary>
    public const ulong Deleted = ulong.MaxValue;

    private readonly nuint _perPartition = (nuint)partitions * sizeof(ulong);

    /// <summary>Bytes of a history.</summary>
    public static nuint Size(int partitions, nuint keySize) => ((nuint)partitions * (nuint)(sizeof(LruLink) + (2 * sizeof(ulong)))) + keySize;

    /// <summary>The history in a value block.</summary>
    public byte* Of(byte* value) => value + offset;

    /// <summary>The history whose link of a partition this is.</summary>
    public static byte* Of(LruLink* link, int partition) => (byte*)(link - partition);

    /// <summary>An entry's link in the lists of a partition.</summary>
    public static LruLink* Link(byte* entry, int partition) => (LruLink*)entry + partition;

    /// <summary>The generation of an entry's last use that a partition knows of.</summary>
    public ref ulong Generation(byte* entry, int partition) => ref ((ulong*)(entry + (2 * _perPartition)))[partition];

    /// <summary>When a partition last noted a use, in 100 ns since boot; kept when the partition forgets the entry.</summary>
    public ref ulong LastUsed(byte* entry, int partition) => ref ((ulong*)(entry + (3 * _perPartition)))[partition];

    /// <summary>The entry's key.</summary>
    public byte* Key(byte* entry) => entry + (4 * _perPartition);

    /// <summary>Makes the history of a new entry: no partition knows it.</summary>
    public void Initialize(byte* entry, byte* key, nuint keySize)
    {
        for (int i = 0; i < partitions; i++)
        {
            Generation(entry, i) = Untracked;
            LastUsed(entry, i) = 0;
        }

        Hash.BlockCopy.Copy(Key(entry), key, keySize);
    }

    /// <summary>When any partition last noted a use. Other partitions may be noting one meanwhile.</summary>
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
