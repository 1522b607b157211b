using System.Runtime.CompilerServices;
using KernelSim.Nt.Ke;

namespace KernelSim.EbpfCore.Hash;

/// <summary>The head of a bucket: the currently published block, and the lock that its writers take. 8 bytes.</summary>
internal unsafe struct HashHead
{
    private KLockedPointer _bucket;

    /// <summary>Creates the head of a bucket.</summary>
    public HashHead(HashBucket* bucket)
    {
        _bucket = new KLockedPointer(bucket);
    }

    /// <summary>The published block; never null.</summary>
    public readonly HashBucket* Bucket
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (HashBucket*)_bucket.Value;
    }

    /// <summary>The published block, if no writer is at the bucket; otherwise null.</summary>
    public readonly HashBucket* QuietBucket => (HashBucket*)_bucket.ValueIfFree;

    /// <summary>Locks the bucket against other writers, and returns the published block. At DISPATCH_LEVEL.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public HashBucket* Lock(KeThread current) => (HashBucket*)_bucket.Acquire(current, CoreLockRanks.HashBucket);

    /// <summary>Publishes a block. Under the lock.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Publish(KeThread current, HashBucket* bucket) => _bucket.Publish(current, bucket);

    /// <summary>Unlocks the bucket.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Unlock(KeThread current) => _bucket.Release(current, CoreLockRanks.HashBucket);
}
