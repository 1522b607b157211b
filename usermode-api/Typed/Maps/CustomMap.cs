using System.Collections;
using System.Runtime.InteropServices;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;

namespace KernelSim.UserMode;

/// <summary>
/// A map of an extension's own type: <see cref="BpfMapType.SampleHashMap"/>, <see cref="BpfMapType.Xskmap"/>, or a number from
/// <see cref="MapTypeTable.FirstExtensionType"/> to <see cref="MapTypeTable.LastExtensionType"/>. The extension may rewrite values and refuse any
/// operation.
/// </summary>
/// <typeparam name="TKey">A key: its bytes, padding included. An <see cref="LpmKey{T}"/> if the base type is an LPM trie.</typeparam>
/// <typeparam name="TValue">A value as user mode sees it, likewise.</typeparam>
/// <remarks>The driver does not read custom maps in batches: enumerating reads one key and one value at a time.</remarks>
public sealed class CustomMap<TKey, TValue> : KeyValueMap<TKey, TValue>, IEnumerable<KeyValuePair<TKey, TValue>>
    where TKey : unmanaged
    where TValue : unmanaged
{
    internal CustomMap(BpfSession session, OpenedMap opened)
        : base(session, opened)
    {
    }

    /// <summary>Inserts an element; false if the key already exists. Not supported if the base type is an array.</summary>
    /// <exception cref="BpfException">ENOSPC: the map is full. EINVAL: the base type is an array. Any other errno: the extension's.</exception>
    /// <exception cref="ProcessExitedException">The process has ended.</exception>
    public bool TryAdd(TKey key, TValue value) => Update(key, BytesOf(in value), EbpfMapOption.NoExist);

    /// <summary>Reads an element and deletes it; false if it does not exist. Not supported if the base type is an array or an LPM trie.</summary>
    /// <exception cref="BpfException">EINVAL: the base type does not support it. Any other errno: the extension's.</exception>
    /// <exception cref="ProcessExitedException">The process has ended.</exception>
    public bool TryTake(TKey key, out TValue value)
    {
        value = default;
        return Lookup(key, MemoryMarshal.AsBytes(new Span<TValue>(ref value)), delete: true);
    }

    /// <summary>Reads all elements. Elements that are inserted or deleted meanwhile may or may not be seen.</summary>
    public IEnumerator<KeyValuePair<TKey, TValue>> GetEnumerator()
    {
        HashSet<TKey> seen = [];
        TKey key = default;
        for (EbpfResult result = Step(isFirst: true, ref key); result != EbpfResult.NoMoreKeys; result = Step(isFirst: false, ref key))
        {
            // A key that was deleted took the position with it: start again and skip the keys already seen.
            if (result != EbpfResult.Success && Step(isFirst: true, ref key) != EbpfResult.Success)
            {
                yield break;
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
        SpanNextKeyCall call = new() { Descriptor = Descriptor, Previous = isFirst ? default : bytes, Next = bytes };
        return Session.Execute("BpfMap.NextKey", Shape, ref call).Result;
    }
}

public sealed partial class BpfSession
{
    /// <summary>Creates a map of an extension's own type.</summary>
    /// <typeparam name="TKey">A key: its bytes, padding included.</typeparam>
    /// <typeparam name="TValue">A value as user mode sees it, likewise.</typeparam>
    /// <param name="type">The type: 15, 16, or 32768 to 65535.</param>
    /// <param name="name">A name of at most 63 bytes.</param>
    /// <param name="maxEntries">Maximum number of entries.</param>
    /// <exception cref="ArgumentOutOfRangeException">The type is not an extension's.</exception>
    /// <exception cref="BpfException">EINVAL: no extension provides the type, or its provider refuses the definition.</exception>
    public CustomMap<TKey, TValue> CreateCustomMap<TKey, TValue>(BpfMapType type, string name, uint maxEntries)
        where TKey : unmanaged
        where TValue : unmanaged => new(this, Create<TKey, TValue>(RequireCustom(type), name, maxEntries));

    /// <summary>Opens a map of an extension's own type by its id. Type, key size and value size must be the map's own.</summary>
    /// <typeparam name="TKey">A key.</typeparam>
    /// <typeparam name="TValue">A value.</typeparam>
    /// <param name="type">The type.</param>
    /// <param name="id">The map's id.</param>
    /// <exception cref="ArgumentOutOfRangeException">The type is not an extension's.</exception>
    public CustomMap<TKey, TValue> OpenCustomMap<TKey, TValue>(BpfMapType type, uint id)
        where TKey : unmanaged
        where TValue : unmanaged => new(this, Open<TKey, TValue>(RequireCustom(type), id));

    private static BpfMapType RequireCustom(BpfMapType type) => MapTypeTable.Find(type) is { IsCustom: true }
        ? type
        : throw new ArgumentOutOfRangeException(
            nameof(type), type, $"Map type {(uint)type} given, expected {MapTypeTable.CustomTypeNumbers}.");
}
