namespace KernelSim.UserMode;

/// <summary>
/// A hash map with a value for each key and possible CPU that never holds more than <see cref="BpfMap.MaxEntries"/> elements:
/// <c>BPF_MAP_TYPE_LRU_PERCPU_HASH</c>. See <see cref="LruHashMap{TKey, TValue}"/> for what counts as a use of a key; a BPF program that
/// only updates its CPU's value of an existing key does not use it.
/// </summary>
/// <typeparam name="TKey">A key: its bytes, padding included.</typeparam>
/// <typeparam name="TValue">One CPU's value, of any size.</typeparam>
public sealed class LruPerCpuHashMap<TKey, TValue> : PerCpuHashMap<TKey, TValue>
    where TKey : unmanaged
    where TValue : unmanaged
{
    internal LruPerCpuHashMap(BpfSession session, OpenedMap opened)
        : base(session, opened)
    {
    }
}
