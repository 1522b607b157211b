using KernelSim.Nt.Ke;
using KernelSim.Protocol;

namespace KernelSim.EbpfCore.Objects;

/// <summary>
/// Pinned objects by path: <c>libs/runtime/ebpf_pinning_table.c</c>. A path is 1 to 255 bytes without a zero; each entry owns a user reference,
/// so a pinned object outlives its handles. The table keeps paths unchanged; the library makes them canonical.
/// </summary>
internal sealed class PinningTable
{
    private readonly SortedList<byte[], EbpfObject> _entries = new(PathComparer.Instance);
    private KSpinLock _lock = new(CoreLockRanks.PinningTable);

    /// <summary>Number of paths in the table.</summary>
    public int Count => _entries.Count;

    /// <summary>Pins an object; the pin takes a user reference of its own.</summary>
    /// <returns>Success or <see cref="EbpfResult.ObjectAlreadyExists"/>.</returns>
    public EbpfResult Insert(KeThread current, ReadOnlySpan<byte> path, EbpfObject @object)
    {
        byte[] key = path.ToArray();
        using SpinLockScope scope = _lock.Acquire(current);
        if (!_entries.TryAdd(key, @object))
        {
            return EbpfResult.ObjectAlreadyExists;
        }

        @object.AcquireUser();
        @object.AddPinnedPaths(1);
        return EbpfResult.Success;
    }

    /// <summary>Looks up the object at a path; the caller owns the reference that it gets.</summary>
    /// <returns>Success or <see cref="EbpfResult.KeyNotFound"/>.</returns>
    public EbpfResult Reference(KeThread current, ReadOnlySpan<byte> path, out EbpfObject? @object)
    {
        using SpinLockScope scope = _lock.Acquire(current);
        if (!_entries.TryGetValue(path.ToArray(), out @object))
        {
            return EbpfResult.KeyNotFound;
        }

        @object.Acquire();
        return EbpfResult.Success;
    }

    /// <summary>Removes a pin. In an epoch.</summary>
    /// <returns>Success or <see cref="EbpfResult.KeyNotFound"/>.</returns>
    public EbpfResult Remove(KeThread current, ReadOnlySpan<byte> path)
    {
        EbpfObject? @object;
        using (_lock.Acquire(current))
        {
            byte[] key = path.ToArray();
            if (!_entries.TryGetValue(key, out @object))
            {
                return EbpfResult.KeyNotFound;
            }

            _entries.Remove(key);
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
            Remove(current, _entries.GetKeyAtIndex(_entries.Count - 1));
        }
    }

    private sealed class PathComparer : IComparer<byte[]>
    {
        public static readonly PathComparer Instance = new();

        public int Compare(byte[]? x, byte[]? y) => x.AsSpan().SequenceCompareTo(y);
    }
}
