using KernelSim.Nt.Ke;
using KernelSim.Protocol;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Objects;

/// <summary>
/// Every object by id: <c>libs/runtime/ebpf_object.c</c>'s id table. It owns no references. One counter serves all kinds of object;
/// the first gets id 2.
/// </summary>
internal sealed class ObjectTable
{
    // Ids only grow, so appending keeps the list sorted, and the next id is a binary search away.
    private readonly List<EbpfObject> _byId = [];
    private readonly ObjectPointers _pointers = new();
    private KSpinLock _lock;
    private uint _lastId = EbpfLimits.FirstObjectId - 1;
    private int _live;

    /// <summary>Objects that have not been freed yet.</summary>
    public int LiveCount => Volatile.Read(ref _live);

    /// <summary>Gives an object its id and lists it.</summary>
    public void Add(KeThread current, EbpfObject @object)
    {
        using SpinLockScope scope = _lock.Acquire(current);
        @object.Id = ++_lastId;
        @object.Pointer = _pointers.Add(@object);
        _byId.Add(@object);
        Interlocked.Increment(ref _live);
    }

    /// <summary>Unlists an object whose last reference went.</summary>
    public void Remove(KeThread current, EbpfObject @object)
    {
        using SpinLockScope scope = _lock.Acquire(current);
        _byId.RemoveAt(FirstAfter(@object.Id - 1));
    }

    /// <summary>An object's memory has been given back.</summary>
    public void OnFreed(KeThread current, EbpfObject @object)
    {
        using SpinLockScope scope = _lock.Acquire(current);
        _pointers.Remove(@object.Pointer);
        Interlocked.Decrement(ref _live);
    }

    /// <summary>
    /// The object that a pointer points to, without a reference: in the epoch in which the pointer was read, or holding a reference already.
    /// Takes no lock. Null for <see cref="ObjectPointer.None"/>.
    /// </summary>
    public EbpfObject? At(ObjectPointer pointer) => _pointers.Find(pointer);

    /// <summary>The object with an id; the caller owns the reference that it gets: <c>EBPF_OBJECT_REFERENCE_BY_ID</c>.</summary>
    /// <returns>Success, or <see cref="EbpfResult.KeyNotFound"/> for an id that no live object of that kind has.</returns>
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

    /// <summary>The smallest id above another among objects of a kind: <c>ebpf_object_get_next_id</c>.</summary>
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

    /// <summary>The place of the first object with an id above another.</summary>
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
