using System.Collections;
using System.Runtime.InteropServices;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.UserMode.Calls;

namespace KernelSim.UserMode;

/// <summary>
/// A map of an extension's own type: <see cref="BpfMapType.SampleHashMap"/>, <see cref="BpfMapType.Xskmap"/>, or a number from
/// <see cref="MapTypeTable.FirstExtensionType"/> to <see cref="MapTypeTable.LastExtensionType"/>. The extension may rewrite values and refuse any
/// operation.
/// </summary>
/// <typeparam name="TKey">A key: its bytes, padding included. Of a type on an LPM trie <see cref="LpmKey{T}"/>.</typeparam>
/// <typeparam name="TValue">A value as user mode sees it, likewise.</typeparam>
/// <remarks>The driver reads no custom map in batches, so enumerating asks for one key and one value at a time.</remarks>
public sealed class CustomMap<TKey, TValue> : KeyedMap<TKey>, IEnumerable<KeyValuePair<TKey, TValue>>
    where TKey : unmanaged
    where TValue : unmanaged
{
    internal CustomMap(BpfSession session, OpenedMap opened)
        : base(session, opened)
    {
    }

    /// <summary>The value of a key: reading a missing one throws, writing inserts or replaces.</summary>
    /// <exception cref="KeyNotFoundException">There is no such key.</exception>
    /// <exception cref="BpfException">ENOSPC: the map is full. EINVAL: an index out of range. Else what the extension answered.</exception>
    /// <exception cref="ProcessExitedException">The process has ended.</exception>
    public TValue this[TKey key]
    {
        get => TryGet(key, out TValue value) ? value : throw new KeyNotFoundException($"{this} has no key {key}");
        set => Update(key, BytesOf(in value), EbpfMapOption.Any);
    }

    /// <summary>Reads a value; false when there is none.</summary>
    /// <exception cref="BpfException">What the extension answered.</exception>
    /// <exception cref="ProcessExitedException">The process has ended.</exception>
    public bool TryGet(TKey key, out TValue value)
    {
        value = default;
        return Lookup(key, MemoryMarshal.AsBytes(new Span<TValue>(ref value)), delete: false);
    }

    /// <summary>Inserts an element; false when the key is there already. Not of a type on an array.</summary>
    /// <exception cref="BpfException">ENOSPC: the map is full. EINVAL: all keys are there from the start. Else what the extension answered.</exception>
    /// <exception cref="ProcessExitedException">The process has ended.</exception>
    public bool TryAdd(TKey key, TValue value) => Update(key, BytesOf(in value), EbpfMapOption.NoExist);

    /// <summary>Replaces a value that is there; false when there is none.</summary>
    /// <exception cref="BpfException">What the extension answered.</exception>
    /// <exception cref="ProcessExitedException">The process has ended.</exception>
    public bool TryReplace(TKey key, TValue value) => Update(key, BytesOf(in value), EbpfMapOption.Exist);

    /// <summary>Reads an element and deletes it; false when there is none. Not of a type on an array or an LPM trie.</summary>
    /// <exception cref="BpfException">EINVAL: the base type cannot. Else what the extension answered.</exception>
    /// <exception cref="ProcessExitedException">The process has ended.</exception>
    public bool TryTake(TKey key, out TValue value)
    {
        value = default;
        return Lookup(key, MemoryMarshal.AsBytes(new Span<TValue>(ref value)), delete: true);
    }

    /// <summary>Stores many elements, in order: <c>bpf_map_update_batch</c>.</summary>
    /// <param name="keys">The keys, any number; none is fine.</param>
    /// <param name="values">The values, one for each key.</param>
    /// <param name="option">What is asked of the keys: anything, that they are missing, that they are there.</param>
    /// <exception cref="BpfException">As of single updates; the elements before <see cref="BpfException.Processed"/> are stored and stay so.</exception>
    /// <exception cref="ProcessExitedException">The process has ended.</exception>
    public void UpdateBatch(ReadOnlySpan<TKey> keys, ReadOnlySpan<TValue> values, EbpfMapOption option = EbpfMapOption.Any)
    {
        SpanChecks.RequireValues(this, keys.Length, values.Length, slots: 1);
        UpdateBatchCore(keys, MemoryMarshal.AsBytes(values), option);
    }

    /// <summary>Reads all elements. Those that come or go meanwhile may or may not be seen.</summary>
    public IEnumerator<KeyValuePair<TKey, TValue>> GetEnumerator()
    {
        HashSet<TKey> seen = [];
        TKey key = default;
        for (EbpfResult result = Step(isFirst: true, ref key); result != EbpfResult.NoMoreKeys; result = Step(isFirst: false, ref key))
        {
            if (result != EbpfResult.Success)
            {
                // The key has gone, and with it the place in the map: begin again, behind what has been seen.
                if (Step(isFirst: true, ref key) != EbpfResult.Success)
                {
                    yield break;
                }
            }

            if (seen.Add(key) && TryGet(key, out TValue value))
            {
                yield return new KeyValuePair<TKey, TValue>(key, value);
            }
        }
    }

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private EbpfResult Step(bool isFirst, ref TKey key)
    {
        Span<byte> bytes = MemoryMarshal.AsBytes(new Span<TKey>(ref key));
        var call = new SpanNextKeyCall { Descriptor = Descriptor, Previous = isFirst ? default : bytes, Next = bytes };
        return Session.Execute("BpfMap.NextKey", Shape, ref call).Result;
    }
}
