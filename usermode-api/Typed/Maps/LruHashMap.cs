using KernelSim.Protocol;

namespace KernelSim.UserMode;

/// <summary>
/// A hash map that never holds more than <see cref="BpfMap.MaxEntries"/> elements: <c>BPF_MAP_TYPE_LRU_HASH</c>. A new key in a full map evicts
/// approximately the least recently used one, so inserting never fails for lack of room.
/// </summary>
/// <typeparam name="TKey">A key: its bytes, padding included.</typeparam>
/// <typeparam name="TValue">A value, likewise.</typeparam>
/// <remarks>
/// A write of this side is a use of a key; a read is not, in batches or alone, so reading a map does not change it. A lookup of a
/// BPF program is a use. Each processor records uses separately, in generations: recent ones are not ordered.
/// </remarks>
public sealed class LruHashMap<TKey, TValue> : HashMap<TKey, TValue>
    where TKey : unmanaged
    where TValue : unmanaged
{
    internal LruHashMap(BpfSession session, OpenedMap opened)
        : base(session, opened)
    {
    }
}

public sealed partial class BpfSession
{
    /// <summary>Creates a hash map that evicts its least recently used elements.</summary>
    /// <typeparam name="TKey">A key: its bytes, padding included.</typeparam>
    /// <typeparam name="TValue">A value, likewise.</typeparam>
    /// <param name="name">A name of at most 63 bytes.</param>
    /// <param name="maxEntries">Maximum number of entries.</param>
    public LruHashMap<TKey, TValue> CreateLruHashMap<TKey, TValue>(string name, uint maxEntries)
        where TKey : unmanaged
        where TValue : unmanaged => new(this, Create<TKey, TValue>(BpfMapType.LruHash, name, maxEntries));

    /// <summary>Opens an LRU hash map by its id. Type, key size and value size must be the map's own.</summary>
    /// <typeparam name="TKey">A key.</typeparam>
    /// <typeparam name="TValue">A value.</typeparam>
    /// <param name="id">Id of the map.</param>
    public LruHashMap<TKey, TValue> OpenLruHashMap<TKey, TValue>(uint id)
        where TKey : unmanaged
        where TValue : unmanaged => new(this, Open<TKey, TValue>(BpfMapType.LruHash, id));
}
