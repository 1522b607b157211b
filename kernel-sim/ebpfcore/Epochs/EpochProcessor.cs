using System.Runtime.CompilerServices;
using KernelSim.Nt.Mm;

namespace KernelSim.EbpfCore.Epochs;

/// <summary>
/// One processor's part of the epochs: <c>ebpf_epoch_cpu_entry_t</c>. Only touched on its processor at DISPATCH_LEVEL, where nobody
/// else is, so nothing here is locked.
/// </summary>
internal sealed unsafe class EpochProcessor(EpochManager manager, int number, Pool pool)
{
    private const int RetireThreshold = 4096;
    private const long RetireBytesThreshold = 1 << 20;

    private long _waitingBytes;
    private int _countTrigger = RetireThreshold;
    private long _bytesTrigger = RetireBytesThreshold;

    /// <summary>Its number.</summary>
    public int Number { get; } = number;

    /// <summary>What it has retired.</summary>
    public EpochFreeList FreeList { get; } = new(pool);

    /// <summary>The epochs that threads on it are in.</summary>
    public EpochReaderSlots Readers { get; } = new();

    /// <summary>The newest epoch that the last computation told it of.</summary>
    public ulong CurrentEpoch { get; set; } = EpochManager.FirstEpoch;

    /// <summary>True from the moment it arms the timer until the next release reaches it.</summary>
    public bool TimerArmed { get; set; }

    /// <summary>
    /// True when so much waits that the timer should not be waited for: virtual time hardly moves while a program runs. It grows with
    /// what a parked reader holds back, so that a long reader does not make every call compute in vain.
    /// </summary>
    public bool IsOverdue => FreeList.Count >= _countTrigger || _waitingBytes >= _bytesTrigger;

    /// <summary>The stamp of what is retired now.</summary>
    public ulong RetireEpoch => Math.Max(manager.RetiringEpoch, CurrentEpoch);

    /// <summary>
    /// Retires a block: <c>ebpf_epoch_free</c>. It keeps its contents until every epoch that is open now has ended. Stamped with the
    /// machine's epoch and not with this processor's, so that no reader elsewhere can be in a newer epoch than the stamp when it saw
    /// the block: see <see cref="EpochManager.RetiringEpoch"/>.
    /// </summary>
    /// <param name="block">No longer reachable from where new readers start.</param>
    /// <param name="reclaimer">Who takes it back, a number from <see cref="EpochManager.Register"/>.</param>
    /// <param name="bytes">Its size, for the threshold.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Retire(byte* block, int reclaimer, uint bytes)
    {
        FreeList.Add(block, RetireEpoch, reclaimer);
        _waitingBytes += bytes;
    }

    /// <summary>Estimates what still waits after a release, and sets <see cref="IsOverdue"/>'s limits from it.</summary>
    public void OnReleased(int freed)
    {
        int remaining = FreeList.Count;
        _waitingBytes = remaining == 0 ? 0 : (long)((double)_waitingBytes * remaining / (remaining + freed));
        _countTrigger = Math.Max(RetireThreshold, FreeList.Count * 2);
        _bytesTrigger = Math.Max(RetireBytesThreshold, _waitingBytes * 2);
    }
}
