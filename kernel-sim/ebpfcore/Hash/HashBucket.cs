using System.Runtime.CompilerServices;

namespace KernelSim.EbpfCore.Hash;

/// <summary>
/// A bucket's block: this header, then entries of a value pointer and the key, padded to 8 bytes. Once published, keys and the number of
/// entries never change; a value pointer may be exchanged for another (an update) or for null (a delete), under the bucket's lock.
/// </summary>
/// <remarks>
/// Every empty bucket of a table has the same block, which belongs to the table: no entries, and zeros where a first entry's value would
/// be, so that readers need not ask whether there is a block.
/// </remarks>
internal unsafe struct HashBucket
{
    /// <summary>Entries in the block.</summary>
    public int Count;

    /// <summary>Entries whose value is not null. Under the bucket's lock only.</summary>
    public int Live;

    /// <summary>Bytes of the block of an empty bucket.</summary>
    public static nuint EmptySize => (nuint)(sizeof(HashBucket) + sizeof(byte*));

    /// <summary>Bytes of a header and some entries.</summary>
    public static nuint Size(nuint stride, int entries) => (nuint)sizeof(HashBucket) + (stride * (nuint)entries);

    /// <summary>Bytes from one entry to the next, for a size of keys.</summary>
    public static nuint Stride(nuint keySize) => (nuint)sizeof(byte*) + ((keySize + 7) & ~(nuint)7);

    /// <summary>Where an entry's value pointer is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static nint* ValueSlot(HashBucket* bucket, int place, nuint stride) => (nint*)((byte*)(bucket + 1) + ((nuint)(uint)place * stride));

    /// <summary>An entry's value as it is now, null if it has been deleted.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte* Value(HashBucket* bucket, int place, nuint stride) => (byte*)Volatile.Read(ref *ValueSlot(bucket, place, stride));

    /// <summary>An entry's key.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte* Key(HashBucket* bucket, int place, nuint stride) => (byte*)(ValueSlot(bucket, place, stride) + 1);
}
