using System.Runtime.CompilerServices;

namespace KernelSim.Nt.Ke;

/// <summary>
/// A pointer, and the spin lock of those who change it, in 8 bytes of native memory: all zero is null and free. Reading takes no lock. For drivers
/// with a lock for each of millions of small lists; NT uses bits of a pointer as its lock likewise, in <c>EX_PUSH_LOCK</c>.
/// </summary>
/// <remarks>
/// The pointer is in the lower 48 bits, which is all that a host's user addresses have. The upper 16 are the number of the processor that holds
/// the lock, plus one.
/// </remarks>
public unsafe struct KLockedPointer
{
    private const int PointerBits = 48;
    private const ulong PointerMask = (1UL << PointerBits) - 1;

    private ulong _word;

    /// <summary>Creates a free lock and its pointer.</summary>
    public KLockedPointer(void* pointer)
    {
        _word = (ulong)pointer;
    }

    /// <summary>The address without the lock's bits; null if it is 0. Needs no lock.</summary>
    public readonly void* Value
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (void*)(Volatile.Read(in _word) & PointerMask);
    }

    /// <summary>The pointer if nobody holds the lock, as of one moment; otherwise null.</summary>
    public readonly void* ValueIfFree => Volatile.Read(in _word) is var word && word <= PointerMask ? (void*)word : null;

    /// <summary>Spins until this processor owns the lock: <c>KeAcquireSpinLockAtDpcLevel</c>. The caller is at DISPATCH_LEVEL.</summary>
    /// <returns>The pointer. Others may not change it before <see cref="Release"/>.</returns>
    /// <remarks>Bugchecks as <see cref="KSpinLock.Acquire"/> does.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void* Acquire(KeThread current, LockRank rank)
    {
        if (current.Irql < Irql.Dispatch)
        {
            current.BugCheckIrql(Irql.Dispatch);
        }

        if (LockOrder.IsChecked && OwnerOf(_word) != current.ProcessorNumber + 1)
        {
            LockOrder.Require(current, rank.Number);
        }

        ulong free = _word & PointerMask;
        if (Interlocked.CompareExchange(ref _word, free | Owned(current), free) != free)
        {
            free = AcquireSlow(current);
        }

        current.HeldLocks++;
        if (LockOrder.IsChecked)
        {
            LockOrder.Acquired(current, rank.Number);
        }

        return (void*)free;
    }

    /// <summary>Changes the pointer. The caller holds the lock and keeps it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Publish(KeThread current, void* pointer) => Volatile.Write(ref _word, (ulong)pointer | Owned(current));

    /// <summary>Releases the lock: <c>KeReleaseSpinLockFromDpcLevel</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Release(KeThread current, LockRank rank)
    {
        ulong word = _word;
        if (OwnerOf(word) != current.ProcessorNumber + 1)
        {
            current.ReleasedForeignLock(OwnerOf(word));
            return;
        }

        Volatile.Write(ref _word, word & PointerMask);
        current.HeldLocks--;
        if (LockOrder.IsChecked)
        {
            LockOrder.Released(current, rank.Number);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Owned(KeThread current) => (ulong)(uint)(current.ProcessorNumber + 1) << PointerBits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int OwnerOf(ulong word) => (int)(word >> PointerBits);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private ulong AcquireSlow(KeThread current)
    {
        SpinWait spin = default;
        while (true)
        {
            ulong word = Volatile.Read(ref _word);
            int owner = OwnerOf(word);
            if (owner == current.ProcessorNumber + 1)
            {
                current.Machine.BugCheck(BugcheckCode.SpinLockAlreadyOwned, (ulong)current.ProcessorNumber);
            }

            if (owner == 0 && Interlocked.CompareExchange(ref _word, word | Owned(current), word) == word)
            {
                return word;
            }

            // The pointer may also have changed between the two accesses of the fast way; then there is nothing to wait for.
            if (owner != 0)
            {
                spin.SpinOnce(sleep1Threshold: -1);
                current.Machine.ThrowIfStopped();
            }
        }
    }
}
