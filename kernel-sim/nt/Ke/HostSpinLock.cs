using System.Runtime.CompilerServices;

namespace KernelSim.Nt.Ke;

/// <summary>
/// A lock of the simulator itself, around a few instructions on its own tables. Not part of the simulated kernel: it has no IRQL.
/// While holding one, a thread calls nothing that traces, bugchecks, waits or runs foreign code.
/// </summary>
internal struct HostSpinLock
{
    private readonly byte _rank;
    private int _held;

    public HostSpinLock(LockRank rank)
    {
        _rank = rank.Number;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Enter()
    {
        if (LockOrder.IsChecked)
        {
            LockOrder.EnterHost(_rank);
        }

        if (Interlocked.CompareExchange(ref _held, 1, 0) != 0)
        {
            EnterSlow();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Exit()
    {
        if (LockOrder.IsChecked)
        {
            LockOrder.ExitHost(_rank);
        }

        Volatile.Write(ref _held, 0);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void EnterSlow()
    {
        SpinWait spin = default;
        do
        {
            spin.SpinOnce(sleep1Threshold: -1);
        }
        while (Volatile.Read(ref _held) != 0 || Interlocked.CompareExchange(ref _held, 1, 0) != 0);
    }
}
