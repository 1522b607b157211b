using System.Runtime.CompilerServices;
using KernelSim.Nt.Ke;

namespace KernelSim.Nt.Ob;

/// <summary>The references that threads of one processor have borrowed: a part of <see cref="BorrowedReferences"/>.</summary>
internal sealed class BorrowList
{
    private Slot[] _objects = new Slot[16];
    private HostSpinLock _lock = new(LockRank.BorrowList);
    private int _count;
    internal readonly CacheLinePad Pad = new();

    /// <summary>Borrows a reference to the object behind a handle; null if the handle is not open.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ObObject? Borrow(HandleTable table, long handle)
    {
        _lock.Enter();
        ObObject? found = table.Find(handle);
        if (found is not null)
        {
            if (_count == _objects.Length)
            {
                Array.Resize(ref _objects, _count * 2);
            }

            _objects[_count++].Object = found;
        }

        _lock.Exit();
        return found;
    }

    /// <summary>Gives a reference back. False if it has become a counted one meanwhile, which the caller must drop.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryReturn(ObObject @object)
    {
        _lock.Enter();
        int at = _count - 1;
        while (at >= 0 && !ReferenceEquals(_objects[at].Object, @object))
        {
            at--;
        }

        if (at >= 0)
        {
            if (at != --_count)
            {
                _objects[at] = _objects[_count];
            }

            _objects[_count].Object = null;
        }

        _lock.Exit();
        return at >= 0;
    }

    /// <summary>Turns the references to an object into counted ones; true if there were any.</summary>
    public bool Count(ObObject @object)
    {
        _lock.Enter();
        int kept = 0;
        for (int i = 0; i < _count; i++)
        {
            if (!ReferenceEquals(_objects[i].Object, @object))
            {
                _objects[kept++] = _objects[i];
            }
        }

        int found = _count - kept;
        if (found != 0)
        {
            // Under the lock: who no longer finds its own here must find it counted.
            @object.AddReferences(found);
            Array.Clear(_objects, kept, found);
            _count = kept;
        }

        _lock.Exit();
        return found != 0;
    }

    public long NumberOf(ObObject @object)
    {
        _lock.Enter();
        long number = 0;
        foreach (ref readonly Slot slot in _objects.AsSpan(0, _count))
        {
            number += ReferenceEquals(slot.Object, @object) ? 1 : 0;
        }

        _lock.Exit();
        return number;
    }

    // An array of references would check the type of every object that is put into it.
    private struct Slot
    {
        public ObObject? Object;
    }
}
