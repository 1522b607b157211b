using System.Runtime.CompilerServices;

namespace KernelSim.EbpfCore.Hash;

/// <summary>
/// Where walks over a table begin: no bucket before it holds an element. Without it, reading and deleting a map from its start, message by
/// message, would pass all the buckets emptied so far each time. Upstream does.
/// </summary>
/// <remarks>
/// A walk that found only empty buckets first claims the new place, then scans the buckets before it again, and settles on what it saw. An
/// insertion lowers place and claim after it has locked its bucket and before it publishes. Claiming and locking are full barriers: either
/// the scan sees the lock or what was published, or the insertion sees the claim.
/// </remarks>
internal struct WalkStart
{
    // The place in the lower half; the claim in the upper, equal to the place if nobody is scanning.
    private ulong _claimAndPlace;
    private int _scanning;

    /// <summary>Index of the first bucket that may hold an element; the number of buckets if none does.</summary>
    public uint Place
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (uint)Volatile.Read(ref _claimAndPlace);
    }

    /// <summary>An element is about to be published in a bucket. Under the bucket's lock.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Include(uint index)
    {
        if (index < (uint)(Volatile.Read(ref _claimAndPlace) >> 32))
        {
            Lower(index);
        }
    }

    /// <summary>Claims a later place; false if another thread is scanning. <see cref="Settle"/> must follow.</summary>
    /// <param name="place">The place to claim.</param>
    /// <param name="from">The bucket to scan from.</param>
    public bool TryClaim(uint place, out uint from)
    {
        from = 0;
        if (Interlocked.CompareExchange(ref _scanning, 1, 0) != 0)
        {
            return false;
        }

        ulong seen = Volatile.Read(ref _claimAndPlace);
        while (true)
        {
            from = (uint)seen;
            ulong before = Interlocked.CompareExchange(ref _claimAndPlace, Word(Math.Max(place, from), from), seen);
            if (before == seen)
            {
                return true;
            }

            seen = before;
        }
    }

    /// <summary>Ends a scan: makes the bucket at which it stopped the place, or one where an element has been inserted meanwhile.</summary>
    public void Settle(uint scanned)
    {
        ulong seen = Volatile.Read(ref _claimAndPlace);
        while (true)
        {
            uint place = Math.Min((uint)(seen >> 32), scanned);
            ulong before = Interlocked.CompareExchange(ref _claimAndPlace, Word(place, place), seen);
            if (before == seen)
            {
                break;
            }

            seen = before;
        }

        Volatile.Write(ref _scanning, 0);
    }

    private static ulong Word(uint claim, uint place) => ((ulong)claim << 32) | place;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Lower(uint index)
    {
        ulong seen = Volatile.Read(ref _claimAndPlace);
        while (index < (uint)(seen >> 32))
        {
            ulong lowered = Word(index, Math.Min((uint)seen, index));
            ulong before = Interlocked.CompareExchange(ref _claimAndPlace, lowered, seen);
            if (before == seen)
            {
                return;
            }

            seen = before;
        }
    }
}
