using System.Runtime.InteropServices;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;

namespace KernelSim.UserMode;

/// <summary>
/// A map with a value for each key and possible CPU. Spans of values hold one <typeparamref name="TValue"/> for each CPU, CPU 0 first,
/// without padding: the API pads and unpads.
/// </summary>
/// <typeparam name="TKey">A key: its bytes, padding included.</typeparam>
/// <typeparam name="TValue">One CPU's value, of any size. Sizes that are multiples of 8 are copied fastest.</typeparam>
/// <remarks>Enumerating reads in batches. Elements that are inserted or deleted meanwhile may or may not be seen; no others are skipped.</remarks>
public abstract class PerCpuMap<TKey, TValue> : KeyedMap<TKey>
    where TKey : unmanaged
    where TValue : unmanaged
{
    private protected PerCpuMap(BpfSession session, OpenedMap opened)
        : base(session, opened)
    {
    }

    /// <summary>Possible CPUs: the number of values of each element.</summary>
    public int CpuCount => ValueLayout.SlotCount;

    /// <summary>Creates a value of zeros with a slot for each CPU.</summary>
    public PerCpuValue<TValue> NewValue() => new(CpuCount);

    /// <summary>Reads all CPUs' values of a key; null if the key does not exist.</summary>
    /// <exception cref="ProcessExitedException">The process has ended.</exception>
    public PerCpuValue<TValue>? Find(TKey key)
    {
        PerCpuValue<TValue> value = NewValue();
        return TryGet(key, value) ? value : null;
    }

    /// <summary>Reads all CPUs' values of a key into an existing value; false if the key does not exist.</summary>
    /// <exception cref="BpfException">EINVAL: the value does not have a slot for each CPU.</exception>
    /// <exception cref="ProcessExitedException">The process has ended.</exception>
    public bool TryGet(TKey key, PerCpuValue<TValue> value) => Read(key, value, delete: false);

    /// <summary>Reads all CPUs' values of a key into a span; false if the key does not exist.</summary>
    /// <param name="key">Key of the element.</param>
    /// <param name="values">Room for <see cref="CpuCount"/> values.</param>
    /// <exception cref="BpfException">EINVAL: the span does not have <see cref="CpuCount"/> values.</exception>
    /// <exception cref="ProcessExitedException">The process has ended.</exception>
    public bool TryGet(TKey key, Span<TValue> values)
    {
        SpanChecks.RequireSlots(this, values.Length);
        return Lookup(key, MemoryMarshal.AsBytes(values), delete: false);
    }

    /// <summary>Inserts or replaces an element with all CPUs' values.</summary>
    /// <exception cref="BpfException">EINVAL: the value does not have a slot for each CPU, or an index is out of range.</exception>
    /// <exception cref="ProcessExitedException">The process has ended.</exception>
    public void Set(TKey key, PerCpuValue<TValue> value) => Write(key, value, EbpfMapOption.Any);

    /// <summary>Inserts or replaces an element, all CPUs' values of it.</summary>
    /// <param name="key">Key of the element.</param>
    /// <param name="values"><see cref="CpuCount"/> values.</param>
    /// <exception cref="BpfException">EINVAL: the span does not have <see cref="CpuCount"/> values, or an index is out of range.</exception>
    /// <exception cref="ProcessExitedException">The process has ended.</exception>
    public void Set(TKey key, ReadOnlySpan<TValue> values)
    {
        SpanChecks.RequireSlots(this, values.Length);
        Update(key, MemoryMarshal.AsBytes(values), EbpfMapOption.Any);
    }

    /// <summary>Replaces an existing element; false if it does not exist.</summary>
    /// <exception cref="BpfException">
    /// EINVAL: the value does not have a slot for each CPU, or an index is out of range. EOTHER: it does not fit a message
    /// (<c>api.message_length</c>).
    /// </exception>
    /// <exception cref="ProcessExitedException">The process has ended.</exception>
    public bool TryReplace(TKey key, PerCpuValue<TValue> value) => Write(key, value, EbpfMapOption.Exist);

    /// <summary>Reads many elements into the caller's spans: <c>bpf_map_lookup_batch</c>.</summary>
    /// <param name="cursor">
    /// The position of the iteration: a new one to start, the same one to continue. It survives the deletion of keys, see <see cref="BatchCursor"/>.
    /// </param>
    /// <param name="keys">Room for keys; its length is the number of elements requested. Not empty.</param>
    /// <param name="values">
    /// <para>
    /// Room for keys.Length x <see cref="CpuCount"/> values: element-major, CPU-minor. The values of element e start at e x CpuCount;
    /// <see cref="PerCpuSpan{T}"/> finds them.
    /// </para>
    /// <para>
    /// Worked example: 1,000 keys and 12-byte values on 4 CPUs need a span of 4,000 values, 48,000 bytes. In the map and in the messages
    /// each takes pad8(12) = 16 bytes, 64 per element; the padding is not part of the span.
    /// </para>
    /// </param>
    /// <returns>
    /// The number of elements delivered, at the start of the spans, and whether there may be more. At the end of the map the last call may
    /// deliver some or none; if the map's size is a multiple of the spans', the last call delivers none.
    /// </returns>
    /// <exception cref="BpfException">
    /// <para>
    /// EINVAL: values is shorter than keys.Length x CpuCount (<c>typed.values_length</c>); or one element does not fit a message:
    /// sizeof(TKey) + pad8(sizeof(TValue)) x CpuCount exceeds 65,527 bytes (<c>api.batch.record_fits</c>).
    /// </para>
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
    /// Per-CPU rule: each key has <see cref="CpuCount"/> values in the span, CPU 0 first, without padding. In the map and in messages that is
    /// <c>EBPF_PAD_8(sizeof(TValue)) * libbpf_num_possible_cpus()</c> bytes.
    /// </para>
    /// <para>Sends as many messages as needed, of <see cref="BpfMap.ElementsPerMessage"/> elements; allocates nothing.</para>
    /// </remarks>
    public BatchResult LookupBatch(BatchCursor cursor, Span<TKey> keys, Span<TValue> values)
    {
        ArgumentNullException.ThrowIfNull(cursor);
        SpanChecks.RequireValues(this, keys.Length, values.Length, CpuCount);
        return LookupBatchCore(cursor, keys, MemoryMarshal.AsBytes(values));
    }

    /// <summary>Stores many elements with all CPUs' values, in order: <c>bpf_map_update_batch</c>.</summary>
    /// <param name="keys">The keys, any number; may be empty.</param>
    /// <param name="values">
    /// keys.Length x <see cref="CpuCount"/> values, laid out as in <see cref="LookupBatch"/>: 4,000 of them for 1,000 keys on 4 CPUs.
    /// </param>
    /// <param name="option">Whether the keys may, must not or must exist.</param>
    /// <exception cref="BpfException">
    /// <para>EEXIST, ENOENT: the key at index <see cref="BpfException.Processed"/> exists, or is missing, contrary to the option.</para>
    /// <para>
    /// EINVAL: values is shorter than keys.Length x CpuCount (<c>typed.values_length</c>); one element does not fit a message:
    /// sizeof(TKey) + pad8(sizeof(TValue)) x CpuCount exceeds 65,515 bytes; for an array, an index out of range, or
    /// <see cref="EbpfMapOption.NoExist"/>.
    /// </para>
    /// <para>ENOMEM: no memory for another element.</para>
    /// <para>In each case the elements before <see cref="BpfException.Processed"/> stay stored.</para>
    /// </exception>
    /// <exception cref="ProcessExitedException">The process has ended.</exception>
    /// <remarks>
    /// Per-CPU rule: each key has <see cref="CpuCount"/> values in the span, CPU 0 first, without padding. In the map and in messages that is
    /// <c>EBPF_PAD_8(sizeof(TValue)) * libbpf_num_possible_cpus()</c> bytes.
    /// </remarks>
    public void UpdateBatch(ReadOnlySpan<TKey> keys, ReadOnlySpan<TValue> values, EbpfMapOption option = EbpfMapOption.Any)
    {
        SpanChecks.RequireValues(this, keys.Length, values.Length, CpuCount);
        UpdateBatchCore(keys, MemoryMarshal.AsBytes(values), option);
    }

    /// <summary>Reads all elements, in batches.</summary>
    public PerCpuMapEnumerator<TKey, TValue> GetEnumerator() => new(this);

    private protected bool Write(TKey key, PerCpuValue<TValue> value, EbpfMapOption option)
    {
        ArgumentNullException.ThrowIfNull(value);
        SpanChecks.RequireSlots(this, value.Count);
        return Update(key, value.Bytes, option, isPadded: true);
    }

    private protected bool Read(TKey key, PerCpuValue<TValue> value, bool delete)
    {
        ArgumentNullException.ThrowIfNull(value);
        SpanChecks.RequireSlots(this, value.Count);
        return Lookup(key, value.Bytes, delete, isPadded: true);
    }
}
