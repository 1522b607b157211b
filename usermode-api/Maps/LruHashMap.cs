namespace KernelSim.UserMode;

/// <summary>
/// A hash map that never holds more than <see cref="BpfMap.MaxEntries"/> elements: <c>BPF_MAP_TYPE_LRU_HASH</c>. A new key in a full map throws
/// out the one that was not used for longest, roughly; so inserting never fails for want of room.
/// </summary>
/// <typeparam name="TKey">A key: its bytes, padding included.</typeparam>
/// <typeparam name="TValue">A value, likewise.</typeparam>
/// <remarks>
/// What this side writes is a use of a key; what it reads is none, in batches or alone, so that looking at a map does not change it. What a
/// BPF program looks up is a use. Each processor remembers uses by itself, in generations: recent ones are not told apart.
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
