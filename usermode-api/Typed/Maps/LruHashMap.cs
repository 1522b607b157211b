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
