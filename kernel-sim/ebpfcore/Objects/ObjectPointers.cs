namespace KernelSim.EbpfCore.Objects;

/// <summary>
/// The places that <see cref="ObjectPointer"/>s lead to. An object has one from when it is listed until its memory has been given back, which
/// is epochs after the last reference to it: what a reader found in a slot keeps its meaning until the reader's epoch ends. Finding takes
/// no lock; the others are called under the object table's.
/// </summary>
internal sealed class ObjectPointers
{
    private readonly Stack<uint> _free = new();
    private EbpfObject?[] _places = new EbpfObject?[16];
    private uint _used;

    /// <summary>Gives an object a place.</summary>
    public ObjectPointer Add(EbpfObject @object)
    {
        if (!_free.TryPop(out uint place))
        {
            place = _used++;
            if (place == _places.Length)
            {
                // Readers index the array without the lock: replace it whole.
                EbpfObject?[] larger = new EbpfObject?[place * 2];
                _places.CopyTo(larger, 0);
                Volatile.Write(ref _places, larger);
            }
        }

        Volatile.Write(ref _places[place], @object);
        return new ObjectPointer(@object.Id, place);
    }

    /// <summary>Takes a place back.</summary>
    public void Remove(ObjectPointer pointer)
    {
        Volatile.Write(ref _places[pointer.Place], null);
        _free.Push(pointer.Place);
    }

    /// <summary>The object; null for a pointer to nothing, or to what has been freed.</summary>
    public EbpfObject? Find(ObjectPointer pointer)
    {
        EbpfObject?[] places = Volatile.Read(ref _places);
        EbpfObject? found = pointer.Place < (uint)places.Length ? Volatile.Read(ref places[pointer.Place]) : null;
        return found is not null && found.Id == pointer.Id ? found : null;
    }
}
