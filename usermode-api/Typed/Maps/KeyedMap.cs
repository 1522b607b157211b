using System.Runtime.InteropServices;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;

namespace KernelSim.UserMode;

/// <summary>The operations of typed maps that need only keys.</summary>
/// <typeparam name="TKey">A key: its bytes, padding included, are the map's keys.</typeparam>
public abstract class KeyedMap<TKey> : BpfMap
    where TKey : unmanaged
{
    private protected KeyedMap(BpfSession session, OpenedMap opened)
        : base(session, opened)
    {
    }

    /// <summary>Deletes an element; an element of an array is set to zeros.</summary>
    /// <returns>False if it does not exist.</returns>
    /// <exception cref="BpfException">EINVAL: an index out of range.</exception>
    /// <exception cref="ProcessExitedException">The process has ended.</exception>
    public bool Delete(TKey key)
    {
        SpanDeleteCall call = new() { Descriptor = Descriptor, Key = BytesOf(in key) };
        return Session.Execute("BpfMap.Delete", Shape, ref call).Result == EbpfResult.Success;
    }

    /// <summary>Deletes many elements, in order, up to the first that is missing: <c>bpf_map_delete_batch</c>.</summary>
    /// <param name="keys">
    /// The keys, any number; they are sent in messages of floor(65,519 / sizeof(TKey)) keys each: 16,379 of 4 bytes. Values
    /// are not sent, so the number of CPUs does not matter.
    /// </param>
    /// <exception cref="BpfException">
    /// <para>ENOENT: the key at index <see cref="BpfException.Processed"/> is missing. Those before it stay deleted.</para>
    /// <para>EINVAL: an index of an array is out of range, or a key does not fit a message.</para>
    /// </exception>
    /// <exception cref="ProcessExitedException">The process has ended.</exception>
    /// <remarks>
    /// Per-CPU rule: an element of a per-CPU map is deleted with the values of all CPUs. Elements of an array are set to zeros.
    /// </remarks>
    public void DeleteBatch(ReadOnlySpan<TKey> keys)
    {
        if (keys.IsEmpty)
        {
            return;
        }

        SpanDeleteBatchCall call = new() { Descriptor = Descriptor, Keys = MemoryMarshal.AsBytes(keys), Wanted = keys.Length };
        CallOutcome outcome = Session.Execute("BpfMap.DeleteBatch", Shape, ref call);
        if (outcome.Result != EbpfResult.Success)
        {
            throw Session.Failure("BpfMap.DeleteBatch", Shape, outcome);
        }
    }

    private protected static ReadOnlySpan<byte> BytesOf<T>(ref readonly T value)
        where T : unmanaged => MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value));

    /// <summary>Stores an element; false if the option requires the key to be missing, or to exist, and it is not so.</summary>
    private protected bool Update(TKey key, ReadOnlySpan<byte> value, EbpfMapOption option, bool isPadded = false)
    {
        SpanUpdateCall call = new() { Descriptor = Descriptor, Key = BytesOf(in key), Value = value, IsPadded = isPadded, Option = option };
        return Session.Execute("BpfMap.Update", Shape, ref call).Result == EbpfResult.Success;
    }

    /// <summary>Reads an element, and deletes it if asked; false if it does not exist.</summary>
    private protected bool Lookup(TKey key, Span<byte> value, bool delete, bool isPadded = false)
    {
        SpanLookupCall call = new() { Descriptor = Descriptor, Key = BytesOf(in key), Value = value, IsPadded = isPadded, Delete = delete };
        return Session.Execute(delete ? "BpfMap.LookupAndDelete" : "BpfMap.Lookup", Shape, ref call).Result == EbpfResult.Success;
    }

    /// <summary>Stores many elements.</summary>
    private protected void UpdateBatchCore(ReadOnlySpan<TKey> keys, ReadOnlySpan<byte> values, EbpfMapOption option)
    {
        if (keys.IsEmpty)
        {
            return;
        }

        SpanUpdateBatchCall call = new()
        {
            Descriptor = Descriptor,
            Keys = MemoryMarshal.AsBytes(keys),
            Values = values,
            Wanted = keys.Length,
            Option = option,
        };
        CallOutcome outcome = Session.Execute("BpfMap.UpdateBatch", Shape, ref call);
        if (outcome.Result != EbpfResult.Success)
        {
            throw Session.Failure("BpfMap.UpdateBatch", Shape, outcome);
        }
    }

    /// <summary>Reads many elements, and deletes them if there is no cursor.</summary>
    internal BatchResult LookupBatchCore(BatchCursor? cursor, Span<TKey> keys, Span<byte> values)
    {
        if (keys.IsEmpty)
        {
            throw new ArgumentException("There must be room for at least one key.", nameof(keys));
        }

        cursor?.Bind(this, KeySize);
        SpanLookupBatchCall call = new()
        {
            Descriptor = Descriptor,
            Keys = MemoryMarshal.AsBytes(keys),
            Values = values,
            Wanted = keys.Length,
            Delete = cursor is null,
            Cursor = cursor,
        };
        string function = cursor is null ? "BpfMap.LookupAndDeleteBatch" : "BpfMap.LookupBatch";
        CallOutcome outcome = Session.Execute(function, Shape, ref call);
        return outcome.Result == EbpfResult.Success
            ? new BatchResult(outcome.Done, call.ReachedEnd ? BatchStatus.End : BatchStatus.More)
            : throw Session.Failure(function, Shape, outcome);
    }
}
