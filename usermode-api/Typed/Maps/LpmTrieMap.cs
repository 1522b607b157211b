using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;

namespace KernelSim.UserMode;

/// <summary>
/// A map from prefixes to values: <c>BPF_MAP_TYPE_LPM_TRIE</c>. Writing and deleting take the exact prefix; reading finds the longest one in
/// the map that the key begins with, as routers do.
/// </summary>
/// <typeparam name="TKey">The data of a key, after its prefix length: see <see cref="LpmKey{T}"/>.</typeparam>
/// <typeparam name="TValue">A value: its bytes, padding included.</typeparam>
/// <remarks>
/// Every method that takes a key throws <see cref="BpfException"/> with EINVAL (<c>map.lpm.prefix_length</c>) if its prefix is longer than its
/// data. The map cannot read and delete an element in one step, except in whole batches.
/// </remarks>
/// <example>
/// <code>
/// using LpmTrieMap&lt;uint, int&gt; routes = session.CreateLpmTrieMap&lt;uint, int&gt;("routes", maxEntries: 1024);
/// routes[new LpmKey&lt;uint&gt;(8, 0x0000000A)] = 1;                // 10.0.0.0/8
/// routes[new LpmKey&lt;uint&gt;(16, 0x0000010A)] = 2;               // 10.1.0.0/16
/// routes.TryMatch(0x0302010A, out int hop);                       // 10.1.2.3: 2
/// </code>
/// </example>
public sealed class LpmTrieMap<TKey, TValue> : ValueMap<LpmKey<TKey>, TValue>
    where TKey : unmanaged
    where TValue : unmanaged
{
    internal LpmTrieMap(BpfSession session, OpenedMap opened)
        : base(session, opened)
    {
    }

    /// <summary>The longest prefix that a key can have, in bits: 8 x sizeof(TKey).</summary>
    public int LongestPrefix => Unsafe.SizeOf<TKey>() * 8;

    /// <summary>Reads the value of the longest prefix of some data; false if there is none.</summary>
    /// <exception cref="ProcessExitedException">The process has ended.</exception>
    public bool TryMatch(TKey data, out TValue value) => TryGet(new LpmKey<TKey>((uint)LongestPrefix, data), out value);

    /// <summary>Inserts a prefix; false if it already exists.</summary>
    /// <exception cref="BpfException">EINVAL: a prefix longer than its data.</exception>
    /// <exception cref="ProcessExitedException">The process has ended.</exception>
    public bool TryAdd(LpmKey<TKey> key, TValue value) => Update(key, BytesOf(in value), EbpfMapOption.NoExist);

    /// <inheritdoc cref="HashMap{TKey, TValue}.LookupAndDeleteBatch"/>
    public BatchResult LookupAndDeleteBatch(Span<LpmKey<TKey>> keys, Span<TValue> values)
    {
        SpanChecks.RequireValues(this, keys.Length, values.Length, slots: 1);
        return LookupBatchCore(cursor: null, keys, MemoryMarshal.AsBytes(values));
    }
}

public sealed partial class BpfSession
{
    /// <summary>Creates a map of prefixes.</summary>
    /// <typeparam name="TKey">The data of a key, after its prefix length: 4 bytes for IPv4 addresses.</typeparam>
    /// <typeparam name="TValue">A value: its bytes, padding included.</typeparam>
    /// <param name="name">A name of at most 63 bytes.</param>
    /// <param name="maxEntries">Expected number of prefixes: a hint.</param>
    public LpmTrieMap<TKey, TValue> CreateLpmTrieMap<TKey, TValue>(string name, uint maxEntries)
        where TKey : unmanaged
        where TValue : unmanaged => new(this, Create<LpmKey<TKey>, TValue>(BpfMapType.LpmTrie, name, maxEntries));

    /// <summary>Opens a map of prefixes by its id. Type, key size (4 + sizeof(TKey)) and value size must be the map's own.</summary>
    /// <typeparam name="TKey">The data of a key.</typeparam>
    /// <typeparam name="TValue">A value.</typeparam>
    /// <param name="id">Id of the map.</param>
    public LpmTrieMap<TKey, TValue> OpenLpmTrieMap<TKey, TValue>(uint id)
        where TKey : unmanaged
        where TValue : unmanaged => new(this, Open<LpmKey<TKey>, TValue>(BpfMapType.LpmTrie, id));
}
