using System.Runtime.CompilerServices;
using KernelSim.Nt.Mm;

namespace KernelSim.EbpfCore.Epochs;

/// <summary>
/// One processor's part of the epochs: <c>ebpf_epoch_cpu_entry_t</c>. Changed only on its processor at DISPATCH_LEVEL, where no other
/// thread is, so nothing here is locked; except for <see cref="PassiveReaders"/>.
/// </summary>
internal sealed unsafe class EpochProcessor(EpochManager manager, int number, Pool pool)
{
    private const int RetireThreshold = 4096;
    private const long RetireBytesThreshold = 1 << 20;

    private long _waitingBytes;
    private int _countTrigger = RetireThreshold;
    private long _bytesTrigger = RetireBytesThreshold;

    /// <summary>The processor's number.</summary>
    public int Number { get; } = number;

    /// <summary>The blocks that it has retired.</summary>
    public EpochFreeList FreeList { get; } = new(pool);

    /// <summary>The epochs that threads on it entered at DISPATCH_LEVEL.</summary>
    public EpochReaderSlots Readers { get; } = new();

    /// <summary>The epochs that threads on it entered below DISPATCH_LEVEL.</summary>
    public EpochReaderSlots PassiveReaders { get; } = new();

    /// <summary>The newest epoch that it learned from a computation.</summary>
    public ulong CurrentEpoch { get; set; } = EpochManager.FirstEpoch;

    /// <summary>True from arming the timer until the next release reaches this processor.</summary>
    public bool TimerArmed { get; set; }

    /// <summary>True once the driver has stopped: nothing can wait here any more.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>
    /// True if so much waits that a computation should start before the timer is due: virtual time hardly advances while a program runs. The limits
    /// grow with what a parked reader holds back, so that a long reader does not make every call start a computation in vain.
    /// </summary>
    public bool IsOverdue => FreeList.Count >= _countTrigger || _waitingBytes >= _bytesTrigger;

    /// <summary>
    /// Whether a thread that leaves an epoch has to arm the timer or to start a computation. Read at any level: a thread sees what it has
    /// retired itself, and the others see what they have.
    /// </summary>
    public bool NeedsCare => FreeList.Count != 0 && (!TimerArmed || IsOverdue);

    /// <summary>The stamp of blocks retired now.</summary>
    public ulong RetireEpoch => Math.Max(manager.RetiringEpoch, CurrentEpoch);

    /// <summary>
    /// Retires a block: <c>ebpf_epoch_free</c>. It keeps its contents until every epoch that is open now has ended. Stamped with the
    /// machine's epoch and not with this processor's, so that no reader elsewhere can have been in a newer epoch than the stamp when it saw
    /// the block: see <see cref="EpochManager.RetiringEpoch"/>.
    /// </summary>
    /// <param name="block">A block that new readers can no longer reach.</param>
    /// <param name="reclaimer">The reclaimer that frees it: a number from <see cref="EpochManager.Register"/>.</param>
    /// <param name="bytes">Its size in bytes, for the threshold.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Retire(byte* block, int reclaimer, uint bytes)
    {
        FreeList.Add(block, RetireEpoch, reclaimer);
        _waitingBytes += bytes;
    }

    /// <summary>Retires blocks of one size, all of which new readers can no longer reach.</summary>
    public void RetireMany(byte** blocks, uint count, int reclaimer, uint bytes)
    {
        ulong stamp = RetireEpoch;
        for (uint i = 0; i < count; i++)
        {
            FreeList.Add(blocks[i], stamp, reclaimer);
        }

        _waitingBytes += (long)bytes * count;
    }

    /// <summary>Returns the free list's own memory to pool. No entry may be waiting.</summary>
    public void Close()
    {
        FreeList.Dispose();
        IsClosed = true;
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
