using System.Buffers.Binary;
using System.Runtime.InteropServices;
using KernelSim.LabScripts.Abi.Rules;
using KernelSim.Protocol;
using KernelSim.Protocol.Messages;

namespace KernelSim.LabScripts.Abi.Linux;

/// <summary>
/// The batch calls: <c>bpf_map_do_batch</c>. Updates and deletes are loops over single elements, and so are lookups of arrays and tries; a lookup
/// of a hash map goes by buckets.
/// </summary>
/// <param name="calls">The personality.</param>
/// <param name="memory">The program's memory.</param>
internal sealed class LinuxBatches(LinuxCalls calls, UserCopy memory)
{
    /// <summary>Bytes of the cursor of a hash map, a bucket's number.</summary>
    public const uint HashCursorBytes = sizeof(uint);

    private static readonly ulong s_elemFlags = (ulong)Marshal.OffsetOf<BpfMapBatchOpts>(nameof(BpfMapBatchOpts.ElemFlags));
    private static readonly ulong s_flags = (ulong)Marshal.OffsetOf<BpfMapBatchOpts>(nameof(BpfMapBatchOpts.Flags));

    /// <summary>Whether the last call was more than refused: it then wrote the count.</summary>
    public bool HasBegun { get; private set; }

    /// <summary><c>BPF_MAP_UPDATE_BATCH</c>.</summary>
    public LinuxErrno? Update(int fd, ulong keys, ulong values, ulong count, ulong options)
    {
        LinuxErrno? refused = Begin(fd, LinuxMapFlags.ReadOnly, t => t.HasBatches, count, options, out LinuxMap? map, out uint wanted, out _);
        return refused is not null || wanted == 0
            ? refused
            : Each(count, wanted, at => calls.Update(fd, map!, keys + (at * map!.KeySize), values + (at * map.ValueBytes), 0));
    }

    /// <summary><c>BPF_MAP_DELETE_BATCH</c>.</summary>
    public LinuxErrno? Delete(int fd, ulong keys, ulong count, ulong options)
    {
        LinuxErrno? refused = Begin(fd, LinuxMapFlags.ReadOnly, t => t.DeletesBatches, count, options, out LinuxMap? map, out uint wanted, out _);
        return refused is not null || wanted == 0
            ? refused
            : Each(count, wanted, at => calls.ReadKey(map!, keys + (at * map!.KeySize), out byte[] key) ?? calls.DeleteElement(fd, map, key));
    }

    /// <summary><c>BPF_MAP_LOOKUP_BATCH</c> and <c>BPF_MAP_LOOKUP_AND_DELETE_BATCH</c>.</summary>
    public LinuxErrno? Lookup(int fd, BatchBuffers buffers, bool delete)
    {
        LinuxMapFlags forbidden = LinuxMapFlags.WriteOnly | (delete ? LinuxMapFlags.ReadOnly : LinuxMapFlags.None);
        LinuxErrno? refused = Begin(
            fd, forbidden, t => delete ? t.TakesBatches : t.HasBatches, buffers.Count, buffers.Options, out LinuxMap? map, out uint wanted,
            out bool hasFlags);
        if (refused is null && hasFlags && map!.Family == LinuxMapFamily.Hash)
        {
            return calls.Answer<BatchFlagsRule>(LinuxErrno.EINVAL);
        }

        if (refused is not null || wanted == 0)
        {
            return refused;
        }

        HasBegun = true;
        return !memory.TryWrite(buffers.Count, 0U) ? Fault()
            : map!.Family == LinuxMapFamily.Hash ? ReadBuckets(fd, map, buffers, wanted, delete)
            : ReadElements(fd, map, buffers, wanted);
    }

    /// <summary>What all batches check, in Linux's order. A batch of no elements is done then.</summary>
    private LinuxErrno? Begin(
        int fd,
        LinuxMapFlags forbidden,
        Predicate<LinuxMapType> isSupported,
        ulong count,
        ulong options,
        out LinuxMap? map,
        out uint wanted,
        out bool hasFlags)
    {
        map = null;
        hasFlags = false;
        HasBegun = false;
        ulong elemFlags = 0;
        if (!memory.TryRead(count, out wanted)
            || (options != 0 && !(TryReadOption(options + s_elemFlags, out elemFlags) && TryReadFlags(options, out hasFlags))))
        {
            return Fault();
        }

        if (options == 0)
        {
            calls.Cite<BatchOptionsRule>();
        }

        LinuxErrno? refused = calls.Open(fd, forbidden, out map)
            ?? (isSupported(map!.Type) ? (LinuxErrno?)null : calls.Answer<BatchTypesRule>(LinuxErrno.ENOTSUPP))
            ?? (elemFlags == 0 ? (LinuxErrno?)null : calls.Answer<BatchElemFlagsRule>(LinuxErrno.EINVAL));
        if (refused is not null)
        {
            calls.Cite<BatchCountRule>();
            return refused;
        }

        if (hasFlags)
        {
            calls.Cite<BatchFlagsRule>();
        }

        if (wanted == 0)
        {
            calls.Cite<BatchEmptyRule>();
        }

        return null;
    }

    private bool TryReadFlags(ulong options, out bool hasFlags)
    {
        bool read = TryReadOption(options + s_flags, out ulong flags);
        hasFlags = flags != 0;
        return read;
    }

    private bool TryReadOption(ulong address, out ulong value)
    {
        bool read = memory.TryRead(address, sizeof(ulong), out byte[] bytes);
        value = read ? BinaryPrimitives.ReadUInt64LittleEndian(bytes) : 0;
        return read;
    }

    /// <summary>Does something to each element, up to the first that fails, and counts those done.</summary>
    private LinuxErrno? Each(ulong count, uint wanted, Func<uint, LinuxErrno?> one)
    {
        if (!memory.TryWrite(count, 0U))
        {
            return Fault();
        }

        uint done = 0;
        LinuxErrno? failure = null;
        while (done < wanted && (failure = one(done)) is null)
        {
            done++;
        }

        if (failure is not null)
        {
            calls.Cite<BatchPartialRule>();
        }

        return memory.TryWrite(count, done) ? failure : Fault();
    }

    /// <summary><c>generic_map_lookup_batch</c>: an empty slot of an array of maps is left out.</summary>
    private LinuxErrno? ReadElements(int fd, LinuxMap map, BatchBuffers buffers, uint wanted)
    {
        byte[]? key = null;
        if (buffers.InBatch != 0 && !memory.TryRead(buffers.InBatch, map.KeySize, out key))
        {
            return Fault();
        }

        uint done = 0;
        bool atEnd = false;
        while (done < wanted)
        {
            byte[]? next = calls.NextKey(fd, map, key);
            if (next is null)
            {
                atEnd = true;
                break;
            }

            key = next;
            if (calls.Store.Lookup(fd, map, key, delete: false, out byte[] value) != Errno.None)
            {
                continue;
            }

            if (!memory.TryWrite(buffers.Keys + ((ulong)done * map.KeySize), key)
                || !memory.TryWrite(buffers.Values + ((ulong)done * map.ValueBytes), value))
            {
                return Fault();
            }

            done++;
        }

        if (!memory.TryWrite(buffers.Count, done) || (done > 0 && !memory.TryWrite(buffers.OutBatch, key)))
        {
            return Fault();
        }

        if (map.Family == LinuxMapFamily.Trie && !(atEnd && buffers.InBatch == 0))
        {
            calls.Cite<TrieOrderRule>();
        }

        return !atEnd ? null : done > 0 ? calls.Answer<BatchEndRule>(LinuxErrno.ENOENT) : LinuxErrno.ENOENT;
    }

    /// <summary><c>__htab_map_lookup_and_delete_batch</c>: a bucket is delivered whole, or not at all.</summary>
    private LinuxErrno? ReadBuckets(int fd, LinuxMap map, BatchBuffers buffers, uint wanted, bool delete)
    {
        uint bucket = 0;
        if (buffers.InBatch != 0 || calls.ChoosesCursorSize)
        {
            calls.Cite<BatchCursorRule>();
        }

        if (buffers.InBatch != 0 && !memory.TryRead(buffers.InBatch, out bucket))
        {
            return Fault();
        }

        if (bucket >= map.Buckets)
        {
            return LinuxErrno.ENOENT;
        }

        uint done = 0;
        LinuxErrno? end = LinuxErrno.ENOENT;
        uint next = map.Buckets;
        foreach (IGrouping<uint, KeyValuePair<byte[], byte[]>> elements in calls.WalkOf(fd, map).Elements.GroupBy(e => map.BucketOf(e.Key)))
        {
            if (elements.Key < bucket)
            {
                continue;
            }

            if (elements.Count() > wanted - done)
            {
                calls.Cite<BatchBucketRule>();
                end = done == 0 ? LinuxErrno.ENOSPC : null;
                next = elements.Key;
                break;
            }

            foreach ((byte[] key, byte[] value) in elements)
            {
                if (delete)
                {
                    calls.Store.Delete(fd, key);
                }

                if (!memory.TryWrite(buffers.Keys + ((ulong)done * map.KeySize), key)
                    || !memory.TryWrite(buffers.Values + ((ulong)done * map.ValueBytes), value))
                {
                    return Fault();
                }

                done++;
            }
        }

        if (!memory.TryWrite(buffers.OutBatch, next) || !memory.TryWrite(buffers.Count, done))
        {
            return Fault();
        }

        if (end == LinuxErrno.ENOENT && done > 0)
        {
            calls.Cite<BatchEndRule>();
        }

        if (end != LinuxErrno.ENOENT || buffers.InBatch != 0)
        {
            calls.Cite<HashOrderRule>();
        }

        return end;
    }

    private LinuxErrno Fault() => calls.Answer<AddressRule>(LinuxErrno.EFAULT);
}
