using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace KernelSim.Nt.Ke;

/// <content>Raising and lowering the IRQL, which occupies and vacates the processor.</content>
public sealed partial class KeThread
{
    /// <summary>Raises the IRQL until the scope ends. Raising to DISPATCH_LEVEL waits until this thread is alone on its processor.</summary>
    /// <remarks>A level lower than the current one: bugcheck IRQL_NOT_LESS_OR_EQUAL.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public IrqlScope RaiseIrql(Irql irql)
    {
        Irql before = _irql;
        if (irql >= Irql.Dispatch && before < Irql.Dispatch)
        {
            Occupy();
        }
        else if (irql < before)
        {
            RaisedDownwards(irql);
        }

        _irql = irql;
        if (LockOrder.IsChecked && irql != before)
        {
            RecordLevel(before, irql);
        }

        return new IrqlScope(this, before, irql);
    }

    /// <summary>Bugchecks unless the thread may wait: below DISPATCH_LEVEL, and not in an item that runs in place.</summary>
    internal void RequireMayWait()
    {
        if (_irql >= Irql.Dispatch || ItemsInPlace > 0)
        {
            BugCheckIrql(Irql.Apc);
        }
    }

    /// <summary>Runs code on a given processor at a given level, on this thread.</summary>
    internal void RunOn(KeProcessor processor, Irql irql, Action<KeThread> code)
    {
        KeProcessor before = _processor;
        if (before != processor && _irql >= Irql.Dispatch)
        {
            // A thread at DISPATCH_LEVEL cannot migrate: it would hold one processor while it waits for another.
            Machine.BugCheck(BugcheckCode.IrqlNotLessOrEqual, (ulong)processor.Number, (ulong)_irql);
        }

        MoveTo(processor);
        try
        {
            using IrqlScope scope = RaiseIrql(irql > _irql ? irql : _irql);
            code(this);
        }
        finally
        {
            MoveTo(before);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Irql RaiseForLock()
    {
        Irql before = _irql;
        if (before < Irql.Dispatch)
        {
            Occupy();
            _irql = Irql.Dispatch;
            if (LockOrder.IsChecked)
            {
                RecordLevel(before, Irql.Dispatch);
            }
        }

        return before;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void LowerAfterLock(Irql before)
    {
        if (before < Irql.Dispatch)
        {
            LeaveDispatch(before);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void LowerFrom(Irql level, Irql before)
    {
        if (_irql != level)
        {
            LoweredOutOfOrder(level, before);
            return;
        }

        if (before < Irql.Dispatch && level >= Irql.Dispatch)
        {
            LeaveDispatch(before);
        }
        else
        {
            _irql = before;
            if (LockOrder.IsChecked && level != before)
            {
                RecordLevel(level, before);
            }
        }
    }

    [DoesNotReturn]
    internal void BugCheckIrql(Irql required) =>
        Machine.BugCheck(BugcheckCode.IrqlNotLessOrEqual, 0, (ulong)_irql, (ulong)required);

    internal void ReleasedForeignLock(int owner)
    {
        if (!Machine.IsStopped)
        {
            Machine.BugCheck(BugcheckCode.SpinLockNotOwned, (ulong)_processor.Number, (ulong)owner);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Occupy()
    {
        if (Interlocked.CompareExchange(ref _processor.Words.Owner, Id, 0) != 0)
        {
            OccupySlow();
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void OccupySlow()
    {
        SpinWait spin = default;
        do
        {
            spin.SpinOnce(sleep1Threshold: -1);
            Machine.ThrowIfStopped();
        }
        while (_processor.IsOccupied || !_processor.TryOccupy(this));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void LeaveDispatch(Irql before)
    {
        if (HeldLocks != 0)
        {
            LoweredWithLocks();
        }

        if (LockOrder.IsChecked)
        {
            RecordLevel(_irql, before);
        }

        // Release first, check second: a DPC that was queued while this thread was here is seen by the check; one queued after the
        // release is run by its inserter (DpcDispatcher has the fence that makes these two the only cases).
        _irql = before;
        _processor.Vacate();
        if (_processor.HasPending)
        {
            DpcDispatcher.Drain(this, _processor);
        }
    }

    /// <summary>Lowers a thread of a stopped machine to its previous level, so that its host thread can unwind.</summary>
    private void LowerStopped(Irql irql)
    {
        if (_irql >= Irql.Dispatch && irql < Irql.Dispatch && Volatile.Read(ref _processor.Words.Owner) == Id)
        {
            _processor.Vacate();
        }

        _irql = irql;
        (HeldLocks, HeldRanks) = (0, 0);
    }

    private void LoweredOutOfOrder(Irql level, Irql before)
    {
        if (Machine.IsStopped)
        {
            LowerStopped(before);
            return;
        }

        Machine.BugCheck(BugcheckCode.IrqlNotLessOrEqual, (ulong)before, (ulong)_irql, (ulong)level);
    }

    private void LoweredWithLocks()
    {
        if (!Machine.IsStopped)
        {
            Machine.BugCheck(BugcheckCode.IrqlNotLessOrEqual, (ulong)HeldLocks, (ulong)_irql);
        }
    }

    private void RaisedDownwards(Irql irql) =>
        Machine.BugCheck(BugcheckCode.IrqlNotLessOrEqual, (ulong)irql, (ulong)_irql);
}
