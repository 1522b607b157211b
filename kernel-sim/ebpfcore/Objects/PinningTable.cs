using KernelSim.Nt.Ke;
using KernelSim.Protocol;

namespace KernelSim.EbpfCore.Objects;

/// <summary>
/// Pinned objects by path: <c>libs/runtime/ebpf_pinning_table.c</c>. A path is 1 to 255 bytes without a zero; each entry owns a user reference,
/// so a pinned object outlives its handles. The table keeps paths unchanged; the library makes them canonical.
/// </summary>
internal sealed class PinningTable
{
    // By path. Debuggers read it too.
    private readonly List<Pin> _entries = [];
    private KSpinLock _lock = new(CoreLockRanks.PinningTable);

    /// <summary>Number of paths in the table.</summary>
    public int Count => _entries.Count;

    /// <summary>Pins an object; the pin takes a user reference of its own.</summary>
    /// <returns>Success or <see cref="EbpfResult.ObjectAlreadyExists"/>.</returns>
    public EbpfResult Insert(KeThread current, ReadOnlySpan<byte> path, EbpfObject @object)
    {
        Pin pin = new(path.ToArray(), @object);
        using SpinLockScope scope = _lock.Acquire(current);
        int place = PlaceOf(path);
        if (place >= 0)
        {
            return EbpfResult.ObjectAlreadyExists;
        }

        _entries.Insert(~place, pin);
        @object.AcquireUser();
        @object.AddPinnedPaths(1);
        return EbpfResult.Success;
    }

    /// <summary>Looks up the object at a path; the caller owns the reference that it gets.</summary>
    /// <returns>Success or <see cref="EbpfResult.KeyNotFound"/>.</returns>
    public EbpfResult Reference(KeThread current, ReadOnlySpan<byte> path, out EbpfObject? @object)
    {
        using SpinLockScope scope = _lock.Acquire(current);
        int place = PlaceOf(path);
        if (place < 0)
        {
            @object = null;
            return EbpfResult.KeyNotFound;
        }

        @object = _entries[place].Object;
        @object.Acquire();
        return EbpfResult.Success;
    }

    /// <summary>Removes a pin. In an epoch.</summary>
    /// <returns>Success or <see cref="EbpfResult.KeyNotFound"/>.</returns>
    public EbpfResult Remove(KeThread current, ReadOnlySpan<byte> path)
    {
        EbpfObject @object;
        using (_lock.Acquire(current))
        {
            int place = PlaceOf(path);
            if (place < 0)
            {
                return EbpfResult.KeyNotFound;
            }

            @object = _entries[place].Object;
            _entries.RemoveAt(place);
        }

        @object.AddPinnedPaths(-1);
        @object.ReleaseUser(current);
        return EbpfResult.Success;
    }

    /// <summary>
    /// The first path after another (bytewise, shorter first) with an object of one type: <c>ebpf_pinning_table_get_next_path</c>.
    /// </summary>
    /// <param name="current">The calling thread's kernel context.</param>
    /// <param name="start">The previous path, empty for the first; it need not be in the table.</param>
    /// <param name="type">In: the type wanted, <see cref="EbpfObjectType.Unknown"/> for any. Out: the type found.</param>
    /// <param name="next">The path found.</param>
    /// <returns>Success or <see cref="EbpfResult.NoMoreKeys"/>.</returns>
    public EbpfResult Next(KeThread current, ReadOnlySpan<byte> start, ref EbpfObjectType type, out byte[]? next)
    {
        using SpinLockScope scope = _lock.Acquire(current);
        foreach ((byte[] path, EbpfObject @object) in _entries)
        {
            if ((start.IsEmpty || path.AsSpan().SequenceCompareTo(start) > 0)
                && (type == EbpfObjectType.Unknown || @object.ObjectType == type))
            {
                type = @object.ObjectType;
                next = path;
                return EbpfResult.Success;
            }
        }

        next = null;
        return EbpfResult.NoMoreKeys;
    }

    /// <summary>All objects of one type with their paths, in order. The caller owns a reference to each.</summary>
    public IReadOnlyList<(byte[] Path, EbpfObject Object)> ReferenceAll(KeThread current, EbpfObjectType type)
    {
        using SpinLockScope scope = _lock.Acquire(current);
        var found = new List<(byte[], EbpfObject)>();
        foreach ((byte[] path, EbpfObject @object) in _entries)
        {
            if (@object.ObjectType == type)
            {
                @object.Acquire();
                found.Add((path, @object));
            }
        }

        return found;
    }

    /// <summary>Removes all pins: <c>ebpf_pinning_table_free</c>. In an epoch.</summary>
    public void Clear(KeThread current)
    {
        while (_entries.Count > 0)
        {
            Remove(current, _entries[^1].Path);
        }
    }

    /// <summary>The index of a path; if it is not there, the complement of where it would come. Under the lock.</summary>
    private int PlaceOf(ReadOnlySpan<byte> path)
    {
        int low = 0;
        int high = _entries.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            int order = _entries[middle].Path.AsSpan().SequenceCompareTo(path);
            if (order == 0)
            {
                return middle;
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle);
        }

        return ~low;
    }

    /// <summary>A path and the object at it.</summary>
    internal sealed record Pin(byte[] Path, EbpfObject Object);
}
