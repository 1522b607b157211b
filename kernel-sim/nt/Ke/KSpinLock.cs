using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace KernelSim.Nt.Ke;

/// <summary>
/// A spin lock, KSPIN_LOCK: its holder is at DISPATCH_LEVEL. May also be placed in native memory: all zero is free. Not recursive.
/// Keep it in a field that is not <c>readonly</c>: a copy is another lock.
/// </summary>
public struct KSpinLock
{
    private int _owner; // processor number + 1; 0 = free
    private readonly byte _rank;

    /// <summary>Creates a free lock with its place in the lock order; the default has none: <c>KeInitializeSpinLock</c>.</summary>
    public KSpinLock(LockRank rank)
    {
        _rank = rank.Number;
    }

    /// <summary>Raises to DISPATCH_LEVEL and spins until this processor owns the lock: <c>KeAcquireSpinLock</c>.</summary>
    /// <remarks>
    /// Acquiring it twice on one processor: bugcheck SPIN_LOCK_ALREADY_OWNED. Acquiring it while a lock of the same or a higher rank is held:
    /// DRIVER_VERIFIER_DETECTED_VIOLATION, where <see cref="LockOrder.IsChecked"/>.
    /// </remarks>
    [UnscopedRef]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public SpinLockScope Acquire(KeThread current)
    {
        if (LockOrder.IsChecked)
        {
            RequireOrder(current);
        }

        Irql before = current.RaiseForLock();
        if (Interlocked.CompareExchange(ref _owner, current.ProcessorNumber + 1, 0) != 0)
        {
            AcquireSlow(current, before);
        }

        current.HeldLocks++;
        if (LockOrder.IsChecked)
        {
            LockOrder.Acquired(current, _rank);
        }

        return new SpinLockScope(ref this, current, before);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Release(KeThread current, Irql before)
    {
        if (_owner != current.ProcessorNumber + 1)
        {
            current.ReleasedForeignLock(_owner);
            return;
        }

        Volatile.Write(ref _owner, 0);
        current.HeldLocks--;
        if (LockOrder.IsChecked)
        {
            LockOrder.Released(current, _rank);
        }

        current.LowerAfterLock(before);
    }

    private readonly void RequireOrder(KeThread current)
    {
        // A second acquisition of the same lock has a bugcheck of its own.
        if (current.Irql < Irql.Dispatch || _owner != current.ProcessorNumber + 1)
        {
            LockOrder.Require(current, _rank);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AcquireSlow(KeThread current, Irql before)
    {
        int mine = current.ProcessorNumber + 1;
        if (Volatile.Read(ref _owner) == mine)
        {
            current.Machine.BugCheck(BugcheckCode.SpinLockAlreadyOwned, (ulong)current.ProcessorNumber);
        }

        SpinWait spin = default;
        do
        {
            spin.SpinOnce(sleep1Threshold: -1);
            if (current.Machine.IsStopped)
            {
                current.LowerAfterLock(before);
                current.Machine.ThrowIfStopped();
            }
        }
        while (Volatile.Read(ref _owner) != 0 || Interlocked.CompareExchange(ref _owner, mine, 0) != 0);
    }
}
