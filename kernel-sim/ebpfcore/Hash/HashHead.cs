using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using KernelSim.Nt.Ke;

namespace KernelSim.EbpfCore.Hash;

/// <summary>The head of a bucket: the currently published block, and the lock that its writers take. 16 bytes.</summary>
[StructLayout(LayoutKind.Sequential, Size = 16)]
internal unsafe struct HashHead
{
    private nint _bucket;

    /// <summary>Taken by writers of this bucket; readers take none.</summary>
    public KSpinLock Lock;

    /// <summary>The published block; never null.</summary>
    public HashBucket* Bucket
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (HashBucket*)Volatile.Read(ref _bucket);
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        set => Volatile.Write(ref _bucket, (nint)value);
    }

    /// <summary>
    /// True if the bucket has no element and no writer is at it. May be false for no lasting reason. In an epoch.
    /// </summary>
    public bool IsQuietlyEmpty
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => !Lock.IsHeld && Bucket->Live == 0;
    }
}
