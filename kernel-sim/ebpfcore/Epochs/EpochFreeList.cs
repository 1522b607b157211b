using System.Runtime.CompilerServices;
using KernelSim.EbpfCore.Memory;
using KernelSim.Nt.Mm;

namespace KernelSim.EbpfCore.Epochs;

/// <summary>
/// The blocks that one processor has retired, oldest first: a ring in pool that doubles when it is full. Accessed only on its processor at
/// DISPATCH_LEVEL, or when no other thread is left in the driver.
/// </summary>
internal sealed unsafe class EpochFreeList(Pool pool)
{
    private const uint InitialCapacity = 64;
    private const uint Window = 256;

    // Deleting an element must not fail for lack of memory. Entries that do not fit because pool refuses to grow the ring wait
    // here, in the host's memory; while any do, every new entry does, so that the order is kept.
    private readonly Queue<EpochFreeEntry> _overflow = new();
    private EpochFreeEntry* _ring;
    private uint _capacity;
    private uint _head;
    private uint _tail;

    // Limit for appending to the ring: _head + _capacity, or _tail once something has overflowed.
    private uint _limit;

    /// <summary>Allocates the first ring; false if pool refuses.</summary>
    public bool Initialize() => Grow();

    /// <summary>Number of waiting entries.</summary>
    public int Count => (int)(_tail - _head) + _overflow.Count;

    /// <summary>Appends an entry.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(byte* block, ulong stamp, int reclaimer)
    {
        if (_tail != _limit)
        {
            _ring[_tail++ & (_capacity - 1)] = new EpochFreeEntry(block, stamp, reclaimer);
        }
        else
        {
            AddSlowly(new EpochFreeEntry(block, stamp, reclaimer));
        }
    }

    /// <summary>
    /// The oldest entries up to an epoch: one contiguous run of at most a few hundred; empty if there are none. They stay until
    /// <see cref="Remove"/>; <see cref="Add"/> may move them.
    /// </summary>
    public ReadOnlySpan<EpochFreeEntry> Peek(ulong releasedEpoch)
    {
        if (_head == _tail)
        {
            Refill();
        }

        uint start = _head & (_capacity - 1);
        uint available = Math.Min(Math.Min(_tail - _head, _capacity - start), Window);
        EpochFreeEntry* entries = _ring + start;
        uint count = 0;
        while (count < available && entries[count].Stamp <= releasedEpoch)
        {
            count++;
        }

        return new ReadOnlySpan<EpochFreeEntry>(entries, (int)count);
    }

    /// <summary>Removes the oldest entries.</summary>
    public void Remove(int count)
    {
        _head += (uint)count;
        if (_overflow.Count == 0)
        {
            _limit = _head + _capacity;
        }
    }

    /// <summary>Returns the ring to pool. No entry may be waiting.</summary>
    public void Dispose()
    {
        if (_ring != null)
        {
            pool.Free((byte*)_ring, CorePoolTags.Epoch);
            _ring = null;
            _capacity = 0;
            _head = _tail = _limit = 0;
        }
    }

    private void AddSlowly(EpochFreeEntry entry)
    {
        if (_overflow.Count == 0 && Grow())
        {
            _ring[_tail++ & (_capacity - 1)] = entry;
        }
        else
        {
            _overflow.Enqueue(entry);
            _limit = _tail;
        }
    }

    private bool Grow()
    {
        uint capacity = _capacity == 0 ? InitialCapacity : _capacity * 2;
        var ring = (EpochFreeEntry*)pool.Allocate(capacity * (nuint)sizeof(EpochFreeEntry), CorePoolTags.Epoch, zero: false);
        if (ring == null)
        {
            return false;
        }

        for (uint i = _head; i != _tail; i++)
        {
            ring[i & (capacity - 1)] = _ring[i & (_capacity - 1)];
        }

        if (_ring != null)
        {
            pool.Free((byte*)_ring, CorePoolTags.Epoch);
        }

        _ring = ring;
        _capacity = capacity;
        _limit = _head + capacity;
        return true;
    }

    /// <summary>Moves overflowed entries into the ring, which is empty.</summary>
    private void Refill()
    {
        while (_overflow.Count > 0 && _tail - _head < _capacity)
        {
            _ring[_tail++ & (_capacity - 1)] = _overflow.Dequeue();
        }

        _limit = _overflow.Count == 0 ? _head + _capacity : _tail;
    }
}
