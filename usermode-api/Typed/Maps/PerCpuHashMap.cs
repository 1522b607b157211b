using System.Runtime.InteropServices;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;

namespace KernelSim.UserMode;

/// <summary>A hash map with a value for each key and possible CPU: <c>BPF_MAP_TYPE_PERCPU_HASH</c>.</summary>
/// <typeparam name="TKey">A key: its bytes, padding included.</typeparam>
/// <typeparam name="TValue">One CPU's value, of any size.</typeparam>
public class PerCpuHashMap<TKey, TValue> : PerCpuMap<TKey, TValue>
    where TKey : unmanaged
    where TValue : unmanaged
{
    internal PerCpuHashMap(BpfSession session, OpenedMap opened)
        : base(session, opened)
    {
    }

    /// <summary>Inserts an element; false when the key is there already.</summary>
    /// <exception cref="ProcessExitedException">The process has ended.</exception>
    public bool TryAdd(TKey key, PerCpuValue<TValue> value) => Write(key, value, EbpfMapOption.NoExist);

    /// <summary>Reads an element with all CPUs' values, and deletes it; false if it does not exist.</summary>
    /// <exception cref="ProcessExitedException">The process has ended.</exception>
    public bool TryTake(TKey key, PerCpuValue<TValue> value) => Read(key, value, delete: true);

    /// <summary>Reads many elements and deletes them: <c>bpf_map_lookup_and_delete_batch</c>.</summary>
    /// <param name="keys">Room for keys; its length is the number of elements requested. Not empty.</param>
    /// <param name="values">
    /// Room for keys.Length x CpuCount values, laid out as in <see cref="PerCpuMap{TKey, TValue}.LookupBatch"/>: 4,000 of them for 1,000
    /// keys on 4 CPUs.
    /// </param>
    /// <returns>
    /// The number of elements delivered, and whether there may be more. There is no cursor: delivered elements are gone from the map, so
    /// each call takes the first remaining elements, and no element is deleted without having been delivered.
    /// </returns>
    /// <exception cref="BpfException">
    /// <para>EINVAL: values is shorter than keys.Length x CpuCount, or one element does not fit a message.</para>
    /// <para>
    /// ENOENT: another thread deleted an element that the kernel was about to delete. <see cref="BpfException.Processed"/> elements are
    /// in the spans; others of the failed message may be deleted and lost.
    /// </para>
    /// </exception>
    /// <exception cref="ProcessExitedException">The process has ended.</exception>
    /// <remarks>
    /// <para>
    /// Per-CPU rule: each key has <see cref="PerCpuMap{TKey, TValue}.CpuCount"/> values in the span, CPU 0 first, without padding.
    /// In the map and in messages that is <c>EBPF_PAD_8(sizeof(TValue)) * libbpf_num_possible_cpus()</c> bytes.
    /// </para>
    /// <para>What programs add to a value between its read and its deletion is lost.</para>
    /// </remarks>
    public BatchResult LookupAndDeleteBatch(Span<TKey> keys, Span<TValue> values)
    {
        SpanChecks.RequireValues(this, keys.Length, values.Length, CpuCount);
        return LookupBatchCore(cursor: null, keys, MemoryMarshal.AsBytes(values));
    }
}

public sealed partial class BpfSession
{
    /// <summary>Creates a hash map with a value for each CPU.</summary>
    /// <typeparam name="TKey">A key: its bytes, padding included.</typeparam>
    /// <typeparam name="TValue">One CPU's value. It may have any size; the map pads it to a multiple of 8.</typeparam>
    /// <param name="name">A name of at most 63 bytes.</param>
    /// <param name="maxEntries">Expected number of entries: a hint.</param>
    public PerCpuHashMap<TKey, TValue> CreatePerCpuHashMap<TKey, TValue>(string name, uint maxEntries)
        where TKey : unmanaged
        where TValue : unmanaged => new(this, Create<TKey, TValue>(BpfMapType.PercpuHash, name, maxEntries));

    /// <summary>Opens a per-CPU hash map by its id. Type, key size and value size must be the map's own.</summary>
    /// <typeparam name="TKey">A key.</typeparam>
    /// <typeparam name="TValue">One CPU's value.</typeparam>
    /// <param name="id">Id of the map.</param>
    public PerCpuHashMap<TKey, TValue> OpenPerCpuHashMap<TKey, TValue>(uint id)
        where TKey : unmanaged
        where TValue : unmanaged => new(this, Open<TKey, TValue>(BpfMapType.PercpuHash, id));
}
