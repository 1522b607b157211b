using System.Runtime.CompilerServices;
using KernelSim.EbpfCore.Memory;

namespace KernelSim.EbpfCore.Hash;

/// <summary>
/// A bucket's block: this header, then entries of a value pointer and the key, padded to 8 bytes. Once published, keys and the number of
/// entries never change; a value pointer may be exchanged for another (an update) or for null (a delete), under the bucket's lock.
/// </summary>
/// <remarks>
/// All empty buckets of a table share one block, which belongs to the table: no entries, and zeros in place of a first entry's value,
/// so that readers need not check whether there is a block.
/// </remarks>
internal unsafe struct HashBucket
{
    /// <summary>Number of entries in the block.</summary>
    public int Count;

    /// <summary>Number of entries whose value is not null. Under the bucket's lock only.</summary>
    public int Live;

    /// <summary>Size in bytes of the block of an empty bucket.</summary>
    public static nuint EmptySize => (nuint)(sizeof(HashBucket) + sizeof(byte*));

    /// <summary>Size in bytes of a header and a number of entries.</summary>
    public static nuint Size(nuint stride, int entries) => (nuint)sizeof(HashBucket) + (stride * (nuint)entries);

    /// <summary>Distance in bytes from one entry to the next, for a key size.</summary>
    public static nuint Stride(nuint keySize) => (nuint)sizeof(byte*) + Alignment.Up8(keySize);

    /// <summary>Address of an entry's value pointer.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static nint* ValueSlot(HashBucket* bucket, int place, nuint stride) => (nint*)((byte*)(bucket + 1) + ((nuint)(uint)place * stride));

    /// <summary>An entry's current value; null if it has been deleted.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte* Value(HashBucket* bucket, int place, nuint stride) => (byte*)Volatile.Read(ref *ValueSlot(bucket, place, stride));

    /// <summary>Address of an entry's key.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte* Key(HashBucket* bucket, int place, nuint stride) => (byte*)(ValueSlot(bucket, place, stride) + 1);
}
