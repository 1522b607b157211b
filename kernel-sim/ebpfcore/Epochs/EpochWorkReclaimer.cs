using System.Diagnostics.Tracing;
using KernelSim.Nt.Ke;
using KernelSim.Tracing;

namespace KernelSim.EbpfCore.Epochs;

/// <summary>
/// Runs deferred work when it is due. Native free entries cannot hold a reference to an object, so the objects are in a table
/// here and an entry holds the index in it, plus one.
/// </summary>
internal sealed unsafe class EpochWorkReclaimer : EpochReclaimer
{
    private readonly Stack<int> _free = new();
    private KSpinLock _lock = new(CoreLockRanks.EpochWork);
    private EpochWork?[] _table = new EpochWork?[16];
    private int _used;
    private int _waiting;

    /// <summary>Whether there is any.</summary>
    public bool HasWork => Volatile.Read(ref _waiting) != 0;

    /// <summary>Adds work and returns the entry's "block".</summary>
    public byte* Add(KeThread current, EpochWork work)
    {
        using SpinLockScope scope = _lock.Acquire(current);
        if (!_free.TryPop(out int place))
        {
            if (_used == _table.Length)
            {
                Array.Resize(ref _table, _used * 2);
            }

            place = _used++;
        }

        _table[place] = work;
        _waiting++;
        return (byte*)(place + 1);
    }

    /// <inheritdoc/>
    public override void Reclaim(KeThread current, ReadOnlySpan<EpochFreeEntry> entries)
    {
        foreach (ref readonly EpochFreeEntry entry in entries)
        {
            EpochWork work = Take(current, (int)(nint)entry.Block - 1);
            if (KernelEventSource.Log.IsEnabled(EventLevel.Verbose, KernelEventSource.Keywords.Epoch))
            {
                KernelEventSource.Log.EpochWorkRun(work.RequestId, current.ProcessorNumber, work.Name);
            }

            work.Run(current);
        }
    }

    private EpochWork Take(KeThread current, int place)
    {
        using SpinLockScope scope = _lock.Acquire(current);
        EpochWork work = _table[place]!;
        _table[place] = null;
        _free.Push(place);
        _waiting--;
        return work;
    }
}
