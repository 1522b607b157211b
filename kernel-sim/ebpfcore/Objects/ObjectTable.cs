using KernelSim.Nt.Ke;
using KernelSim.Protocol;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Objects;

/// <summary>
/// Every object by id: the id table of <c>libs/runtime/ebpf_object.c</c>. It owns no references. One counter serves all types of object;
/// the first gets id 2.
/// </summary>
internal sealed class ObjectTable
{
    // Ids only grow, so appending keeps the list sorted, and the next id is a binary search away.
    private readonly List<EbpfObject> _byId = [];
    private readonly ObjectPlaces _places = new();
    private KSpinLock _lock = new(CoreLockRanks.ObjectTable);
    private uint _lastId = EbpfLimits.FirstObjectId - 1;
    private int _live;

    /// <summary>Number of objects that have not been freed yet.</summary>
    public int LiveCount => Volatile.Read(ref _live);

    /// <summary>The objects that are referenced, by id; the caller gets no references.</summary>
    public EbpfObject[] List(KeThread current)
    {
        using SpinLockScope scope = _lock.Acquire(current);
        return [.. _byId];
    }

    /// <summary>Assigns an object its id and adds it.</summary>
    public void Add(KeThread current, EbpfObject @object)
    {
        using SpinLockScope scope = _lock.Acquire(current);
        @object.Id = ++_lastId;
        @object.Pointer = _places.Add(@object);
        _byId.Add(@object);
        Interlocked.Increment(ref _live);
    }

    /// <summary>Removes an object whose last reference was dropped.</summary>
    public void Remove(KeThread current, EbpfObject @object)
    {
        using SpinLockScope scope = _lock.Acquire(current);
        _byId.RemoveAt(FirstAfter(@object.Id - 1));
    }

    /// <summary>Removes the traces of an object whose memory has been freed.</summary>
    public void OnFreed(KeThread current, EbpfObject @object)
    {
        using SpinLockScope scope = _lock.Acquire(current);
        _places.Remove(@object.Pointer);
        Interlocked.Decrement(ref _live);
    }

    /// <summary>
    /// The object that a pointer points to, without a reference: call it in the epoch in which the pointer was read, or while holding a reference.
    /// Takes no lock. Null for <see cref="ObjectPointer.None"/>.
    /// </summary>
    public EbpfObject? At(ObjectPointer pointer) => _places.Find(pointer);

    /// <summary>Looks up an object by id; the caller owns the reference that it gets: <c>EBPF_OBJECT_REFERENCE_BY_ID</c>.</summary>
    /// <returns>Success, or <see cref="EbpfResult.KeyNotFound"/> if no live object of that type has the id.</returns>
    public EbpfResult Reference(KeThread current, uint id, EbpfObjectType type, out EbpfObject? @object)
    {
        using SpinLockScope scope = _lock.Acquire(current);
        int place = id == 0 ? _byId.Count : FirstAfter(id - 1);
        if (place < _byId.Count && _byId[place].Id == id && _byId[place].ObjectType == type && _byId[place].TryAcquire())
        {
            @object = _byId[place];
            return EbpfResult.Success;
        }

        @object = null;
        return EbpfResult.KeyNotFound;
    }

    /// <summary>The next larger id of an object of one type: <c>ebpf_object_get_next_id</c>.</summary>
    /// <returns>Success or <see cref="EbpfResult.NoMoreKeys"/>.</returns>
    public EbpfResult NextId(KeThread current, uint start, EbpfObjectType type, out uint next)
    {
        using SpinLockScope scope = _lock.Acquire(current);
        for (int place = FirstAfter(start); place < _byId.Count; place++)
        {
            if (_byId[place].ObjectType == type)
            {
                next = _byId[place].Id;
                return EbpfResult.Success;
            }
        }

        next = 0;
        return EbpfResult.NoMoreKeys;
    }

    /// <summary>Index of the first object with a larger id.</summary>
    private int FirstAfter(uint id)
    {
        int low = 0;
        int high = _byId.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_byId[middle].Id > id)
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return low;
    }
}
