namespace KernelSim.EbpfCore.Objects;

/// <summary>
/// The table behind <see cref="ObjectPointer"/>s. An object has a place from when it is added until its memory has been freed, which
/// is some epochs after its last reference: a pointer that a reader found in a slot stays valid until the reader's epoch ends. Finding takes
/// no lock; the other methods are called under the object table's.
/// </summary>
internal sealed class ObjectPlaces
{
    private readonly Stack<uint> _free = new();
    private EbpfObject?[] _places = new EbpfObject?[16];
    private uint _used;

    /// <summary>Assigns a place to an object.</summary>
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

    /// <summary>Releases a place.</summary>
    public void Remove(ObjectPointer pointer)
    {
        Volatile.Write(ref _places[pointer.Place], null);
        _free.Push(pointer.Place);
    }

    /// <summary>The object; null for a null pointer, or for an object that has been freed.</summary>
    public EbpfObject? Find(ObjectPointer pointer)
    {
        EbpfObject?[] places = Volatile.Read(ref _places);
        EbpfObject? found = pointer.Place < (uint)places.Length ? Volatile.Read(ref places[pointer.Place]) : null;
        return found is not null && found.Id == pointer.Id ? found : null;
    }
}
