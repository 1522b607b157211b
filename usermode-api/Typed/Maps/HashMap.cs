using System.Runtime.InteropServices;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;

namespace KernelSim.UserMode;

/// <summary>A hash map with one value for each key: <c>BPF_MAP_TYPE_HASH</c>.</summary>
/// <typeparam name="TKey">A key: its bytes, padding included.</typeparam>
/// <typeparam name="TValue">A value, likewise.</typeparam>
public class HashMap<TKey, TValue> : ValueMap<TKey, TValue>
    where TKey : unmanaged
    where TValue : unmanaged
{
    internal HashMap(BpfSession session, OpenedMap opened)
        : base(session, opened)
    {
    }

    /// <summary>Inserts an element; false if the key already exists.</summary>
    /// <exception cref="ProcessExitedException">The process has ended.</exception>
    public bool TryAdd(TKey key, TValue value) => Update(key, BytesOf(in value), EbpfMapOption.NoExist);

    /// <summary>Reads an element and deletes it; false if it does not exist.</summary>
    /// <exception cref="ProcessExitedException">The process has ended.</exception>
    public bool TryTake(TKey key, out TValue value)
    {
        value = default;
        return Lookup(key, MemoryMarshal.AsBytes(new Span<TValue>(ref value)), delete: true);
    }

    /// <summary>Reads many elements and deletes them: <c>bpf_map_lookup_and_delete_batch</c>.</summary>
    /// <param name="keys">Room for keys; its length is the number of elements requested. Not empty.</param>
    /// <param name="values">Room for values, one for each key.</param>
    /// <returns>
    /// The number of elements delivered, and whether there may be more. There is no cursor: delivered elements are gone from the map, so
    /// each call takes the first remaining elements, and no element is deleted without having been delivered.
    /// </returns>
    /// <exception cref="BpfException">
    /// <para>EINVAL: values is shorter than keys, or one element does not fit a message.</para>
    /// <para>
    /// ENOENT: another thread deleted an element that the kernel was about to delete. <see cref="BpfException.Processed"/> elements are
    /// in the spans; others of the failed message may be deleted and lost.
    /// </para>
    /// </exception>
    /// <exception cref="ProcessExitedException">The process has ended.</exception>
    /// <remarks>
    /// Per-CPU rule: it does not apply. A value has sizeof(TValue) bytes, whatever the number of CPUs;
    /// <see cref="PerCpuHashMap{TKey, TValue}.LookupAndDeleteBatch"/> passes all CPUs' values.
    /// </remarks>
    public BatchResult LookupAndDeleteBatch(Span<TKey> keys, Span<TValue> values)
    {
        SpanChecks.RequireValues(this, keys.Length, values.Length, slots: 1);
        return LookupBatchCore(cursor: null, keys, MemoryMarshal.AsBytes(values));
    }
}

public sealed partial class BpfSession
{
    /// <summary>Creates a hash map.</summary>
    /// <typeparam name="TKey">A key: its bytes, padding included.</typeparam>
    /// <typeparam name="TValue">A value, likewise.</typeparam>
    /// <param name="name">A name of at most 63 bytes.</param>
    /// <param name="maxEntries">Expected number of entries: a hint.</param>
    public HashMap<TKey, TValue> CreateHashMap<TKey, TValue>(string name, uint maxEntries)
        where TKey : unmanaged
        where TValue : unmanaged => new(this, Create<TKey, TValue>(BpfMapType.Hash, name, maxEntries));

    /// <summary>Opens a hash map by its id. Type, key size and value size must be the map's own.</summary>
    /// <typeparam name="TKey">A key.</typeparam>
    /// <typeparam name="TValue">A value.</typeparam>
    /// <param name="id">Id of the map.</param>
    public HashMap<TKey, TValue> OpenHashMap<TKey, TValue>(uint id)
        where TKey : unmanaged
        where TValue : unmanaged => new(this, Open<TKey, TValue>(BpfMapType.Hash, id));
}
