using System.Runtime.CompilerServices;

namespace KernelSim.EbpfCore.Hash;

/// <summary>
/// A bucket's block: the number of entries, their keys one after the other, and from the next multiple of 8 on their value pointers. Once
/// published, keys and the number of entries never change; a value pointer may be exchanged for another (an update) or for null (a delete),
/// under the bucket's lock.
/// </summary>
/// <remarks>
/// All empty buckets of a table share one block, which belongs to the table: no entries, and zeros in place of a first entry's value,
/// so that readers need not check whether there is a block.
/// </remarks>
internal unsafe struct HashBucket
{
    // On a host of any size.
    private const int SlotBytes = sizeof(ulong);

    /// <summary>Number of entries in the block.</summary>
    public int Count;

    /// <summary>Size in bytes of the block of an empty bucket: a header, and what readers take for a first entry's value.</summary>
    public static nuint EmptySize => ValuesOffset(0, 0) + SlotBytes;

    /// <summary>Size in bytes of a block with a number of entries.</summary>
    public static nuint Size(nuint keySize, int entries) => ValuesOffset(keySize, entries) + ((nuint)entries * SlotBytes);

    /// <summary>Address of an entry's key.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte* Key(HashBucket* bucket, int place, nuint keySize) => (byte*)(bucket + 1) + ((nuint)(uint)place * keySize);

    /// <summary>Address of the first entry's value pointer; the others follow it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong* ValueSlots(HashBucket* bucket, nuint keySize) => (ulong*)((byte*)bucket + ValuesOffset(keySize, bucket->Count));

    /// <summary>An entry's current value; null if it has been deleted.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte* Value(HashBucket* bucket, int place, nuint keySize) => (byte*)Volatile.Read(ref ValueSlots(bucket, keySize)[place]);

    /// <summary>Number of entries whose value is not null. Exact under the bucket's lock.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int CountLive(HashBucket* bucket, nuint keySize)
    {
        ulong* slots = ValueSlots(bucket, keySize);
        int live = 0;
        for (int i = 0; i < bucket->Count; i++)
        {
            live += Volatile.Read(ref slots[i]) != 0 ? 1 : 0;
        }

        return live;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nuint ValuesOffset(nuint keySize, int entries) =>
        ((nuint)sizeof(HashBucket) + ((nuint)(uint)entries * keySize) + SlotBytes - 1) & ~((nuint)SlotBytes - 1);
}
