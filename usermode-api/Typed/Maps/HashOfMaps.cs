using System.Runtime.CompilerServices;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;

namespace KernelSim.UserMode;

/// <summary>A hash map whose values are maps: <c>BPF_MAP_TYPE_HASH_OF_MAPS</c>. All of them match the template that it was created with.</summary>
/// <typeparam name="TKey">A key: its bytes, padding included.</typeparam>
/// <example>
/// <code>
/// using HashMap&lt;uint, ulong&gt; template = session.CreateHashMap&lt;uint, ulong&gt;("flows", maxEntries: 1024);
/// using HashOfMaps&lt;uint&gt; tenants = session.CreateHashOfMaps&lt;uint&gt;("tenants", template, maxEntries: 64);
/// tenants.Set(7, template);
/// if (tenants.TryGetId(7, out uint id))
/// {
///     using HashMap&lt;uint, ulong&gt; flows = session.OpenHashMap&lt;uint, ulong&gt;(id);
/// }
/// </code>
/// </example>
public sealed class HashOfMaps<TKey> : ObjectMap<TKey>
    where TKey : unmanaged
{
    internal HashOfMaps(BpfSession session, OpenedMap opened)
        : base(session, opened)
    {
    }

    /// <summary>Stores a map, replacing any previous one.</summary>
    /// <param name="key">Key to store it under.</param>
    /// <param name="map">The map, open in the same session. It may be closed afterwards.</param>
    /// <exception cref="ArgumentException">The map is open in another session.</exception>
    /// <exception cref="BpfException">
    /// EINVAL: the map does not match the template (<c>map.inner.type</c>, <c>map.inner.key_size</c>, <c>map.inner.value_size</c>,
    /// <c>map.inner.max_entries</c>: given and expected). ENOMEM.
    /// </exception>
    /// <exception cref="ProcessExitedException">The process has ended.</exception>
    public void Set(TKey key, BpfMap map) => Put(key, map, EbpfMapOption.Any);

    /// <summary>Stores a map; false if the key already has one.</summary>
    /// <inheritdoc cref="Set"/>
    public bool TryAdd(TKey key, BpfMap map) => Put(key, map, EbpfMapOption.NoExist);

    /// <summary>Replaces the map of a key; false if it has none.</summary>
    /// <inheritdoc cref="Set"/>
    public bool TryReplace(TKey key, BpfMap map) => Put(key, map, EbpfMapOption.Exist);
}

public sealed partial class BpfSession
{
    /// <summary>Creates a hash map whose values are maps.</summary>
    /// <typeparam name="TKey">A key: its bytes, padding included.</typeparam>
    /// <param name="name">A name of at most 63 bytes.</param>
    /// <param name="template">A map, open in this session, like those that it will hold. Only its definition is used.</param>
    /// <param name="maxEntries">Expected number of entries: a hint.</param>
    public HashOfMaps<TKey> CreateHashOfMaps<TKey>(string name, BpfMap template, uint maxEntries)
        where TKey : unmanaged => new(this, CreateOfMaps(BpfMapType.HashOfMaps, name, Unsafe.SizeOf<TKey>(), template, maxEntries));

    /// <summary>Opens a hash of maps by its id. Type and key size must be the map's own.</summary>
    /// <typeparam name="TKey">A key.</typeparam>
    /// <param name="id">Id of the map.</param>
    public HashOfMaps<TKey> OpenHashOfMaps<TKey>(uint id)
        where TKey : unmanaged => new(this, Open<TKey, uint>(BpfMapType.HashOfMaps, id));
}
