using System.Collections;
using System.Runtime.InteropServices;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;

namespace KernelSim.UserMode;

/// <summary>A map with one value for each key, shared by all CPUs.</summary>
/// <typeparam name="TKey">A key: its bytes, padding included.</typeparam>
/// <typeparam name="TValue">A value, likewise.</typeparam>
/// <remarks>Enumerating reads in batches. Elements that come or go meanwhile may or may not be seen; no others are left out.</remarks>
public abstract class ValueMap<TKey, TValue> : KeyedMap<TKey>, IEnumerable<KeyValuePair<TKey, TValue>>
    where TKey : unmanaged
    where TValue : unmanaged
{
    private protected ValueMap(BpfSession session, OpenedMap opened)
        : base(session, opened)
    {
    }

    /// <summary>The value of a key: reading a missing one throws, writing inserts or replaces.</summary>
    /// <exception cref="KeyNotFoundException">There is no such key.</exception>
    /// <exception cref="BpfException">
    /// EINVAL: writing to an index out of range, or reading a value that does not fit a message. EOTHER: writing one.
    /// </exception>
    /// <exception cref="ProcessExitedException">The process has ended.</exception>
    public TValue this[TKey key]
    {
        get => TryGet(key, out TValue value) ? value : throw new KeyNotFoundException($"{this} has no key {key}");
        set => Update(key, BytesOf(in value), EbpfMapOption.Any);
    }

    /// <summary>Reads a value; false if the key does not exist.</summary>
    /// <exception cref="BpfException">EINVAL: the value fits no message (<c>api.value_fits</c>).</exception>
    /// <exception cref="ProcessExitedException">The process has ended.</exception>
    public bool TryGet(TKey key, out TValue value)
    {
        value = default;
        return Lookup(key, MemoryMarshal.AsBytes(new Span<TValue>(ref value)), delete: false);
    }

    /// <summary>Replaces an existing value; false if the key does not exist.</summary>
    /// <exception cref="BpfException">EINVAL: an index out of range. EOTHER: the value does not fit a message (<c>api.message_length</c>).</exception>
    /// <exception cref="ProcessExitedException">The process has ended.</exception>
    public bool TryReplace(TKey key, TValue value) => Update(key, BytesOf(in value), EbpfMapOption.Exist);

    /// <summary>Reads many elements into the caller's spans: <c>bpf_map_lookup_batch</c>.</summary>
    /// <param name="cursor">
    /// The position of the iteration: a new one to start, the same one to continue. It survives the deletion of keys, see <see cref="BatchCursor"/>.
    /// </param>
    /// <param name="keys">Room for keys; its length is how many elements are asked for. Not empty.</param>
    /// <param name="values">
    /// Room for values, one for each key: keys.Length. (Worked example: 1,000 keys and 12-byte values need a span of 1,000.)
    /// </param>
    /// <returns>
    /// The number of elements delivered, at the start of the spans, and whether there may be more. At the end of the map the last call may deliver some
    /// or none; if the map's size is a multiple of the spans', the last call delivers none.
    /// </returns>
    /// <exception cref="BpfException">
    /// <para>EINVAL: values is shorter than keys (<c>typed.values_length</c>), or one element does not fit a message: sizeof(TKey) + sizeof(TValue)
    /// exceeds 65,527 bytes (<c>api.batch.record_fits</c>).</para>
    /// <para>
    /// EOTHER: the key to continue after does not fit a request, sizeof(TKey) exceeds 65,518 bytes (<c>api.message_length</c>). Only the first
    /// element is then delivered; LookupAndDeleteBatch reads such a map to its end.
    /// </para>
    /// <para>
    /// Any other errno of the driver, with <see cref="BpfException.Processed"/> elements already in the spans and the cursor after them:
    /// calling again continues there.
    /// </para>
    /// </exception>
    /// <exception cref="ProcessExitedException">The process has ended.</exception>
    /// <remarks>Asks for as many messages as needed, of <see cref="BpfMap.ElementsPerMessage"/> elements; allocates nothing.</remarks>
    public BatchResult LookupBatch(BatchCursor cursor, Span<TKey> keys, Span<TValue> values)
    {
        ArgumentNullException.ThrowIfNull(cursor);
        SpanChecks.RequireValues(this, keys.Length, values.Length, slots: 1);
        return LookupBatchCore(cursor, keys, MemoryMarshal.AsBytes(values));
    }

    /// <summary>Stores many elements, in order: <c>bpf_map_update_batch</c>.</summary>
    /// <param name="keys">The keys, any number; none is fine.</param>
    /// <param name="values">The values, one for each key.</param>
    /// <param name="option">What is asked of the keys: anything, that they are missing, that they are there.</param>
    /// <exception cref="BpfException">
    /// <para>EEXIST, ENOENT: the key at index <see cref="BpfException.Processed"/> is there, or missing, against the option.</para>
    /// <para>EINVAL: fewer values than keys (<c>typed.values_length</c>); one element does not fit a message: sizeof(TKey) + sizeof(TValue)
    /// exceeds 65,515 bytes; for an array, an index out of range, or <see cref="EbpfMapOption.NoExist"/>.</para>
    /// <para>ENOMEM: no memory for another element.</para>
    /// <para>In each case the elements before <see cref="BpfException.Processed"/> are stored and stay so.</para>
    /// </exception>
    /// <exception cref="ProcessExitedException">The process has ended.</exception>
    public void UpdateBatch(ReadOnlySpan<TKey> keys, ReadOnlySpan<TValue> values, EbpfMapOption option = EbpfMapOption.Any)
    {
        SpanChecks.RequireValues(this, keys.Length, values.Length, slots: 1);
        UpdateBatchCore(keys, MemoryMarshal.AsBytes(values), option);
    }

    /// <summary>Reads all elements, in batches.</summary>
    public ValueMapEnumerator<TKey, TValue> GetEnumerator() => new(this);

    /// <inheritdoc/>
    IEnumerator<KeyValuePair<TKey, TValue>> IEnumerable<KeyValuePair<TKey, TValue>>.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
