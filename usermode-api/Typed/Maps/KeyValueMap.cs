using System.Runtime.InteropServices;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;

namespace KernelSim.UserMode;

/// <summary>The operations of typed maps with one value for each key, shared by all CPUs.</summary>
/// <typeparam name="TKey">A key: its bytes, padding included.</typeparam>
/// <typeparam name="TValue">A value, likewise.</typeparam>
/// <remarks>Each operation on a <see cref="CustomMap{TKey, TValue}"/> can also fail with an errno of the extension that provides the map.</remarks>
public abstract class KeyValueMap<TKey, TValue> : KeyedMap<TKey>
    where TKey : unmanaged
    where TValue : unmanaged
{
    private protected KeyValueMap(BpfSession session, OpenedMap opened)
        : base(session, opened)
    {
    }

    /// <summary>The value of a key: reading a missing one throws, writing inserts or replaces.</summary>
    /// <exception cref="KeyNotFoundException">There is no such key.</exception>
    /// <exception cref="BpfException">
    /// EINVAL: writing to an index out of range, or reading a value that does not fit a message. EOTHER: writing one. ENOSPC: a custom map
    /// is full.
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
    /// <exception cref="BpfException">
    /// EINVAL: an index out of range. EOTHER: the value does not fit a message (<c>api.message_length</c>).
    /// </exception>
    /// <exception cref="ProcessExitedException">The process has ended.</exception>
    public bool TryReplace(TKey key, TValue value) => Update(key, BytesOf(in value), EbpfMapOption.Exist);

    /// <summary>Stores many elements, in order: <c>bpf_map_update_batch</c>.</summary>
    /// <param name="keys">The keys, any number; may be empty.</param>
    /// <param name="values">The values, one for each key.</param>
    /// <param name="option">Whether the keys may, must not or must exist.</param>
    /// <exception cref="BpfException">
    /// <para>EEXIST, ENOENT: the key at index <see cref="BpfException.Processed"/> exists, or is missing, contrary to the option.</para>
    /// <para>EINVAL: fewer values than keys (<c>typed.values_length</c>); one element does not fit a message: sizeof(TKey) + sizeof(TValue)
    /// exceeds 65,515 bytes; for an array, an index out of range, or <see cref="EbpfMapOption.NoExist"/>.</para>
    /// <para>ENOMEM: no memory for another element. ENOSPC: a custom map is full.</para>
    /// <para>In each case the elements before <see cref="BpfException.Processed"/> stay stored.</para>
    /// </exception>
    /// <exception cref="ProcessExitedException">The process has ended.</exception>
    /// <remarks>
    /// Per-CPU rule: it does not apply. A value has sizeof(TValue) bytes, whatever the number of CPUs;
    /// <see cref="PerCpuMap{TKey, TValue}.UpdateBatch"/> passes all CPUs' values.
    /// </remarks>
    public void UpdateBatch(ReadOnlySpan<TKey> keys, ReadOnlySpan<TValue> values, EbpfMapOption option = EbpfMapOption.Any)
    {
        SpanChecks.RequireValues(this, keys.Length, values.Length, slots: 1);
        UpdateBatchCore(keys, MemoryMarshal.AsBytes(values), option);
    }
}
