using System.Collections;
using System.Runtime.InteropServices;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;

namespace KernelSim.UserMode;

/// <summary>A map whose values are other objects. They are stored as open maps or programs, and read as ids.</summary>
/// <typeparam name="TKey">A key: its bytes, padding included.</typeparam>
/// <remarks>
/// A map holds its objects: they stay alive when all their descriptors are closed. When the last descriptor and pin of the map itself is gone,
/// it releases them, even while programs use it. Enumerating reads in batches and skips empty slots.
/// </remarks>
public abstract class ObjectMap<TKey> : KeyedMap<TKey>, IEnumerable<KeyValuePair<TKey, uint>>
    where TKey : unmanaged
{
    private protected ObjectMap(BpfSession session, OpenedMap opened)
        : base(session, opened)
    {
    }

    /// <summary>Reads the id of the object under a key; false if there is none.</summary>
    /// <param name="key">Key of the element.</param>
    /// <param name="id">
    /// The id, to be opened by the session's method for its type. Ids are never reused: for an object that is gone meanwhile, that method
    /// fails with ENOENT.
    /// </param>
    /// <exception cref="ProcessExitedException">The process has ended.</exception>
    public bool TryGetId(TKey key, out uint id)
    {
        id = 0;
        return Lookup(key, MemoryMarshal.AsBytes(new Span<uint>(ref id)), delete: false);
    }

    /// <summary>Reads many keys and ids into the caller's spans: <c>bpf_map_lookup_batch</c>.</summary>
    /// <param name="cursor">The position of the iteration: a new one to start, the same one to continue.</param>
    /// <param name="keys">Room for keys; its length is the number of elements requested. Not empty.</param>
    /// <param name="ids">Room for ids, one for each key. The id of an empty slot of an array is 0.</param>
    /// <returns>The number of elements delivered, at the start of the spans, and whether there may be more.</returns>
    /// <exception cref="BpfException">EINVAL: ids is shorter than keys (<c>typed.values_length</c>).</exception>
    /// <exception cref="ProcessExitedException">The process has ended.</exception>
    /// <remarks>
    /// Per-CPU rule: it does not apply. Each key has one id of 4 bytes, whatever the number of CPUs.
    /// </remarks>
    public BatchResult LookupBatch(BatchCursor cursor, Span<TKey> keys, Span<uint> ids)
    {
        ArgumentNullException.ThrowIfNull(cursor);
        SpanChecks.RequireValues(this, keys.Length, ids.Length, slots: 1);
        return LookupBatchCore(cursor, keys, MemoryMarshal.AsBytes(ids));
    }

    /// <summary>Reads all keys that have an object, and the objects' ids, in batches.</summary>
    public IEnumerator<KeyValuePair<TKey, uint>> GetEnumerator()
    {
        int room = Math.Max(ElementsPerMessage, 1);
        TKey[] keys = new TKey[room];
        uint[] ids = new uint[room];
        BatchCursor cursor = new();
        BatchResult batch;
        do
        {
            batch = LookupBatch(cursor, keys, ids);
            for (int i = 0; i < batch.Count; i++)
            {
                if (ids[i] != 0)
                {
                    yield return new KeyValuePair<TKey, uint>(keys[i], ids[i]);
                }
            }
        }
        while (batch.Status == BatchStatus.More);
    }

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Stores an object; false if the option requires the key to be missing, or to exist, and it is not so.</summary>
    private protected bool Put(TKey key, BpfMap value, EbpfMapOption option)
    {
        ArgumentNullException.ThrowIfNull(value);
        RequireOwnSession(value.Session, value, nameof(value));
        return Put(key, value.Descriptor, option);
    }

    /// <summary>Stores the object behind a descriptor.</summary>
    private protected bool Put(TKey key, int value, EbpfMapOption option)
    {
        SpanPutObjectCall call = new() { Descriptor = Descriptor, Key = BytesOf(in key), Value = value, Option = option };
        return Session.Execute("BpfMap.Update", Shape, ref call).Result == EbpfResult.Success;
    }

    /// <summary>A descriptor is valid in one session only.</summary>
    private protected void RequireOwnSession(BpfSession session, object value, string parameter)
    {
        if (session != Session)
        {
            throw new ArgumentException($"{value} is open in a different session than {this}; open it here by its id.", parameter);
        }
    }
}
