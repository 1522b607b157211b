using KernelSim.Protocol;

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

public sealed partial class BpfSession
{
    /// <summary>Creates a hash map with a value for each CPU that evicts its least recently used elements.</summary>
    /// <typeparam name="TKey">A key: its bytes, padding included.</typeparam>
    /// <typeparam name="TValue">One CPU's value. It may have any size; the map pads it to a multiple of 8.</typeparam>
    /// <param name="name">A name of at most 63 bytes.</param>
    /// <param name="maxEntries">Maximum number of entries.</param>
    public LruPerCpuHashMap<TKey, TValue> CreateLruPerCpuHashMap<TKey, TValue>(string name, uint maxEntries)
        where TKey : unmanaged
        where TValue : unmanaged => new(this, Create<TKey, TValue>(BpfMapType.LruPercpuHash, name, maxEntries));

    /// <summary>Opens a per-CPU LRU hash map by its id. Type, key size and value size must be the map's own.</summary>
    /// <typeparam name="TKey">A key.</typeparam>
    /// <typeparam name="TValue">One CPU's value.</typeparam>
    /// <param name="id">Id of the map.</param>
    public LruPerCpuHashMap<TKey, TValue> OpenLruPerCpuHashMap<TKey, TValue>(uint id)
        where TKey : unmanaged
        where TValue : unmanaged => new(this, Open<TKey, TValue>(BpfMapType.LruPercpuHash, id));
}
