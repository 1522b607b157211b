using System.Runtime.CompilerServices;
using KernelSim.Nt.Ke;

namespace KernelSim.Nt.Mm;

/// <summary>
/// Pool's part of one processor: freed blocks by size, bytes that its blocks may take without asking for more, and counts by tag. Threads on
/// other processors touch it only to sum, and to collect credit at the limit.
/// </summary>
/// <remarks>
/// The lock is uncontended as a rule: any thread may call at any IRQL, so a processor's part may have several users.
/// </remarks>
internal sealed unsafe class PoolProcessor(PoolMagazines magazines, PoolOwnership owners)
{
    private readonly PoolTagCounts _counts = new();
    private readonly FreeList[] _free = new FreeList[PoolSizeClass.Count];
    private HostSpinLock _lock = new(LockRank.PoolProcessor);
    private long _credit;
    internal readonly CacheLinePad Pad = new();

    /// <summary>Bytes that have been charged to the machine's total for this processor, and are not in use.</summary>
    public long Credit
    {
        get
        {
            _lock.Enter();
            long credit = _credit;
            _lock.Exit();
            return credit;
        }
    }

    /// <summary>
    /// Takes bytes off the credit, counts a block under a tag, and removes the most recently freed block of a class, if there is one. False, and
    /// nothing changes, if the credit is too short.
    /// </summary>
    /// <param name="bytes">Size of the block, as requested.</param>
    /// <param name="tag">The owner's tag.</param>
    /// <param name="sizeClass">The class; 0 for a block that is not from a list.</param>
    /// <param name="block">The block: null if the class has none, which the caller then makes.</param>
    /// <param name="good">False if the block's header has been overwritten; then it stays where it is.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryTake(long bytes, PoolTag tag, int sizeClass, out PoolHeader* block, out bool good)
    {
        block = null;
        good = true;
        _lock.Enter();
        if (_credit < bytes)
        {
            _lock.Exit();
            return false;
        }

        _credit -= bytes;
        bool isNew = _counts.Add(tag, bytes, blocks: 1);
        if (sizeClass != 0)
        {
            good = TryPop(ref _free[sizeClass], sizeClass, out block);
        }

        _lock.Exit();
        if (isNew)
        {
            owners.Add(tag);
        }

        return true;
    }

    /// <summary>
    /// Reverts the counting of <see cref="TryTake"/>, and keeps a freed block, if one is given. Returns the credit that has become too much to keep.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long Give(long bytes, PoolTag tag, int sizeClass, PoolHeader* block)
    {
        long surplus = 0;
        _lock.Enter();
        _counts.Add(tag, -bytes, blocks: -1);
        _credit += bytes;
        if (_credit > PoolLimit.MostCredit)
        {
            surplus = _credit - PoolLimit.CreditBatch;
            _credit = PoolLimit.CreditBatch;
        }

        if (block != null)
        {
            Push(ref _free[sizeClass], sizeClass, block);
        }

        _lock.Exit();
        return surplus;
    }

    /// <summary>Cuts a fresh block off the run of its class; null if there is none left.</summary>
    public byte* CutFromRun(int sizeClass, uint classBytes)
    {
        byte* block = null;
        _lock.Enter();
        ref FreeList list = ref _free[sizeClass];
        if (list.RunEnd - list.Run >= classBytes)
        {
            block = list.Run;
            list.Run += classBytes;
        }

        _lock.Exit();
        return block;
    }

    /// <summary>Sets what is left of a new run. If another thread began one meanwhile, the rest of that is wasted.</summary>
    public void BeginRun(int sizeClass, byte* next, byte* end)
    {
        _lock.Enter();
        ref FreeList list = ref _free[sizeClass];
        list.Run = next;
        list.RunEnd = end;
        _lock.Exit();
    }

    /// <summary>Adds credit that has been charged to the total.</summary>
    public void AddCredit(long bytes)
    {
        _lock.Enter();
        _credit += bytes;
        _lock.Exit();
    }

    /// <summary>Takes all credit away, to return it to the total.</summary>
    public long TakeCredit()
    {
        _lock.Enter();
        long credit = _credit;
        _credit = 0;
        _lock.Exit();
        return credit;
    }

    /// <summary>Adds this processor's counts to a sum by tag. They may be negative: a block counts down where it is freed.</summary>
    public void SumCounts(Dictionary<uint, (long Bytes, long Blocks)> sums)
    {
        _lock.Enter();
        _counts.AddTo(sums);
        _lock.Exit();
    }

    /// <summary>Forgets the freed blocks, whose memory returns to the host, and takes all credit away.</summary>
    public long Clear()
    {
        _lock.Enter();
        Array.Clear(_free);
        _lock.Exit();
        return TakeCredit();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryPop(ref FreeList list, int sizeClass, out PoolHeader* block)
    {
        block = list.Loaded;
        if (block == null)
        {
            if (!Reload(ref list, sizeClass))
            {
                return true;
            }

            block = list.Loaded;
        }

        if (!PoolHeader.TryGetLink(block, out PoolHeader* next))
        {
            return false;
        }

        list.Loaded = next;
        list.Count--;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Push(ref FreeList list, int sizeClass, PoolHeader* block)
    {
        if (list.Count == PoolMagazines.BlocksOf(sizeClass))
        {
            Unload(ref list, sizeClass);
        }

        PoolHeader.Link(block, list.Loaded);
        list.Loaded = block;
        list.Count++;
    }

    /// <summary>The loaded magazine is empty: loads the spare one, otherwise a full one of the others.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool Reload(ref FreeList list, int sizeClass)
    {
        list.Loaded = list.Spare != null ? list.Spare : magazines.Take(sizeClass);
        list.Spare = null;
        list.Count = list.Loaded == null ? 0 : PoolMagazines.BlocksOf(sizeClass);
        return list.Loaded != null;
    }

    /// <summary>The loaded magazine is full: makes it the spare one, and hands the old spare one, full too, to the others.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Unload(ref FreeList list, int sizeClass)
    {
        if (list.Spare != null)
        {
            magazines.Put(sizeClass, list.Spare);
        }

        list.Spare = list.Loaded;
        list.Loaded = null;
        list.Count = 0;
    }

    /// <summary>
    /// Freed blocks of one class, linked through their headers: the magazine in use, and a full one or none. And memory for fresh ones.
    /// </summary>
    private struct FreeList
    {
        public PoolHeader* Loaded;
        public PoolHeader* Spare;
        public byte* Run;
        public byte* RunEnd;
        public int Count;
    }
}
