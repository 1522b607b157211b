using System.Collections;
using System.Runtime.InteropServices;
using KernelSim.Protocol.Gate;

namespace KernelSim.UserMode;

/// <summary>A map with one value for each key, shared by all CPUs, that is read in batches.</summary>
/// <typeparam name="TKey">A key: its bytes, padding included.</typeparam>
/// <typeparam name="TValue">A value, likewise.</typeparam>
/// <remarks>Enumerating reads in batches. Elements that are inserted or deleted meanwhile may or may not be seen; no others are skipped.</remarks>
public abstract class ValueMap<TKey, TValue> : KeyValueMap<TKey, TValue>, IEnumerable<KeyValuePair<TKey, TValue>>
    where TKey : unmanaged
    where TValue : unmanaged
{
    private protected ValueMap(BpfSession session, OpenedMap opened)
        : base(session, opened)
    {
    }

    /// <summary>Reads many elements into the caller's spans: <c>bpf_map_lookup_batch</c>.</summary>
    /// <param name="cursor">
    /// The position of the iteration: a new one to start, the same one to continue. It survives the deletion of keys, see <see cref="BatchCursor"/>.
    /// </param>
    /// <param name="keys">Room for keys; its length is the number of elements requested. Not empty.</param>
    /// <param name="values">
    /// Room for values, one for each key: keys.Length. (Worked example: 1,000 keys and 12-byte values need a span of 1,000.)
    /// </param>
    /// <returns>
    /// The number of elements delivered, at the start of the spans, and whether there may be more. At the end of the map the last call may
    /// deliver some or none; if the map's size is a multiple of the spans', the last call delivers none.
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
    /// <remarks>
    /// <para>
    /// Per-CPU rule: it does not apply. A value has sizeof(TValue) bytes, whatever the number of CPUs;
    /// <see cref="PerCpuMap{TKey, TValue}.LookupBatch"/> passes all CPUs' values.
    /// </para>
    /// <para>Asks for as many messages as needed, of <see cref="BpfMap.ElementsPerMessage"/> elements; allocates nothing.</para>
    /// </remarks>
    public BatchResult LookupBatch(BatchCursor cursor, Span<TKey> keys, Span<TValue> values)
    {
        ArgumentNullException.ThrowIfNull(cursor);
        SpanChecks.RequireValues(this, keys.Length, values.Length, slots: 1);
        return LookupBatchCore(cursor, keys, MemoryMarshal.AsBytes(values));
    }

    /// <summary>Reads all elements, in batches.</summary>
    public ValueMapEnumerator<TKey, TValue> GetEnumerator() => new(this);

    /// <inheritdoc/>
    IEnumerator<KeyValuePair<TKey, TValue>> IEnumerable<KeyValuePair<TKey, TValue>>.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
