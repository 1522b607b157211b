using System.Runtime.CompilerServices;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.UserMode.Calls;
using KernelSim.UserMode.Rings;

namespace KernelSim.UserMode;

// Ring buffers: upstream's libbpf_map.cpp, and the additions of ebpf_api.h. The ring_buffer__ functions return -errno without setting errno.
public sealed partial class Libbpf
{
    /// <summary>Creates a manager that polls a ring buffer.</summary>
    /// <param name="map_fd">Descriptor of the ring buffer.</param>
    /// <param name="sample_cb">Called for each record.</param>
    /// <param name="ctx">Passed to the callback.</param>
    /// <param name="opts">Address of a <c>ring_buffer_opts</c>, which has no options, or NULL.</param>
    /// <returns>
    /// The manager, to be freed with <see cref="ring_buffer__free"/>; or null with errno set: EINVAL without a callback or for a descriptor that is
    /// not a map's, EBADF, ENOTSUP for a map without rings.
    /// </returns>
    public ring_buffer? ring_buffer__new(int map_fd, ring_buffer_sample_fn? sample_cb, object? ctx = null, ulong opts = 0)
    {
        _ = opts;
        return NewRingBuffer(map_fd, sample_cb, ctx, opts: 0, nameof(ring_buffer__new));
    }

    /// <summary><see cref="ring_buffer__new"/> with Windows options: <c>ebpf_ring_buffer__new</c>. Deprecated upstream.</summary>
    /// <param name="map_fd">Descriptor of the ring buffer.</param>
    /// <param name="sample_cb">
    /// Called for each record; with automatic callbacks on a thread of the library, where any return value but 0 ends the current round, and the record
    /// is delivered again.
    /// </param>
    /// <param name="ctx">Passed to the callback.</param>
    /// <param name="opts">Address of an <c>ebpf_ring_buffer_opts</c>: sz and flags, 8 bytes each; flag 1 asks for automatic callbacks. Or NULL.</param>
    /// <returns>See <see cref="ring_buffer__new"/>.</returns>
    public ring_buffer? ebpf_ring_buffer__new(int map_fd, ring_buffer_sample_fn? sample_cb, object? ctx, ulong opts) =>
        NewRingBuffer(map_fd, sample_cb, ctx, opts, nameof(ebpf_ring_buffer__new));

    /// <summary>Adds another ring buffer to a manager; it shares the manager's event.</summary>
    /// <param name="rb">A manager that has not been freed.</param>
    /// <param name="map_fd">Descriptor of the ring buffer.</param>
    /// <param name="sample_cb">Called for each of its records.</param>
    /// <param name="ctx">Passed to the callback.</param>
    /// <returns>0; -EINVAL for a missing argument or a negative descriptor; -ENOTSUP with automatic callbacks; -EBADF.</returns>
    public int ring_buffer__add(ring_buffer? rb, int map_fd, ring_buffer_sample_fn? sample_cb, object? ctx = null)
    {
        if (rb is null || map_fd < 0 || sample_cb is null)
        {
            return Call(new RefuseCall(map_fd, CheckTable.ApiRingAdd, "not all of them given"), setsErrno: false);
        }

        return Refuse(rb.Manager, needsRings: false) is { } refuse
            ? Call(refuse, setsErrno: false)
            : Call(new AddRingCall(rb.Manager, map_fd, new RingReceiver(ctx, sample_cb)), setsErrno: false);
    }

    /// <summary>Hands over what there is, and if that is nothing waits for more.</summary>
    /// <param name="rb">A manager that has not been freed.</param>
    /// <param name="timeout_ms">Longest time to wait in milliseconds, in host time; 0 does not wait, negative waits forever.</param>
    /// <returns>
    /// Number of records, 0 after the timeout; the return value of a callback if that was negative; -EINVAL without a manager; -ENOTSUP with automatic
    /// callbacks; -EIO if the wait failed.
    /// </returns>
    public int ring_buffer__poll(ring_buffer? rb, int timeout_ms) => Poll(rb?.Manager, timeout_ms, setsErrno: false);

    /// <summary>Passes unread records to the callbacks.</summary>
    /// <param name="rb">A manager that has not been freed.</param>
    /// <returns>See <see cref="ring_buffer__poll"/>, without the timeout.</returns>
    public int ring_buffer__consume(ring_buffer? rb) => Consume(rb?.Manager, setsErrno: false);

    /// <summary>
    /// Frees a manager; NULL is allowed. The kernel keeps the event that it sets until another is set or the map is freed. A callback may
    /// call it, unless it is an automatic one: no more records are then delivered.
    /// </summary>
    /// <param name="rb">A manager that has not been freed.</param>
    public void ring_buffer__free(ring_buffer? rb) => Free(rb?.Manager);

    /// <summary>The addresses of a manager's ring in the process: <c>ebpf_ring_buffer_get_buffer</c>.</summary>
    /// <param name="rb">A manager that has not been freed.</param>
    /// <param name="index">Index of the ring, in the order in which they were added.</param>
    /// <param name="consumer_page">Address of the page with the reader's offset, 8 bytes; the reader writes it.</param>
    /// <param name="producer_page">Address of the page with the writers' offset, 8 bytes, read-only.</param>
    /// <param name="data">Address of the records, twice back to back, read-only.</param>
    /// <param name="data_size">Size of the data in bytes, counted once.</param>
    /// <returns>Success; INVALID_ARGUMENT with automatic callbacks; OBJECT_NOT_FOUND for an index that is too large.</returns>
    public static EbpfResult ebpf_ring_buffer_get_buffer(
        ring_buffer rb, uint index, out ulong consumer_page, out ulong producer_page, out ulong data, out ulong data_size)
    {
        ArgumentNullException.ThrowIfNull(rb);
        (consumer_page, producer_page, data, data_size) = (0, 0, 0, 0);
        if (rb.Manager.Subscription is not null)
        {
            return EbpfResult.InvalidArgument;
        }

        if (index >= rb.Manager.Rings.Count)
        {
            return EbpfResult.ObjectNotFound;
        }

        RingMapping mapping = rb.Manager.Rings[(int)index].Mapping;
        (consumer_page, producer_page, data, data_size) = (mapping.Consumer, mapping.Producer, mapping.Data, mapping.DataSize);
        return EbpfResult.Success;
    }

    /// <summary>The event that a manager's rings set: <c>ebpf_ring_buffer_get_wait_handle</c>. Invalid for NULL or with automatic callbacks.</summary>
    /// <param name="rb">A manager that has not been freed.</param>
    public static NtHandle ebpf_ring_buffer_get_wait_handle(ring_buffer? rb) => rb?.Manager.WaitHandle ?? NtHandle.Invalid;

    /// <summary>Maps a ring buffer into the process: <c>ebpf_ring_buffer_map_map_buffer</c>.</summary>
    /// <param name="map_fd">Descriptor of the ring buffer.</param>
    /// <param name="consumer">See <see cref="ebpf_ring_buffer_get_buffer"/>; like the others, 0 on failure.</param>
    /// <param name="producer">Address of the producer page.</param>
    /// <param name="data">Address of the records.</param>
    /// <param name="data_size">Size of the data in bytes.</param>
    /// <returns>Success; INVALID_FD; OPERATION_NOT_SUPPORTED for a map without rings.</returns>
    public EbpfResult ebpf_ring_buffer_map_map_buffer(
        int map_fd, out ulong consumer, out ulong producer, out ulong data, out ulong data_size) =>
        MapRing(map_fd, 0, out consumer, out producer, out data, out data_size);

    /// <summary><see cref="ebpf_ring_buffer_map_map_buffer"/> with an index, also for a perf event array: <c>ebpf_ring_buffer_map_map_buffer_with_index</c>.</summary>
    /// <param name="map_fd">Descriptor of the map.</param>
    /// <param name="index">0, or the CPU for a perf event array.</param>
    /// <param name="consumer">See <see cref="ebpf_ring_buffer_get_buffer"/>; 0 on failure, as all of them.</param>
    /// <param name="producer">Address of the producer page; in a perf event array it has the number of lost records at offset 64, 8 bytes.</param>
    /// <param name="data">See the summary.</param>
    /// <param name="data_size">See the summary.</param>
    /// <returns>See <see cref="ebpf_ring_buffer_map_map_buffer"/>; INVALID_ARGUMENT for an index that is too large.</returns>
    public EbpfResult ebpf_ring_buffer_map_map_buffer_with_index(
        int map_fd, ulong index, out ulong consumer, out ulong producer, out ulong data, out ulong data_size) =>
        MapRing(map_fd, index, out consumer, out producer, out data, out data_size);

    /// <summary>Reverts <see cref="ebpf_ring_buffer_map_map_buffer"/>: <c>ebpf_ring_buffer_map_unmap_buffer</c>.</summary>
    /// <param name="map_fd">Ignored.</param>
    /// <param name="consumer">Address of the consumer page, which selects the ring to unmap.</param>
    /// <param name="producer">Ignored.</param>
    /// <param name="data">Ignored.</param>
    /// <returns>Success; INVALID_ARGUMENT for an address where no ring is mapped.</returns>
    public EbpfResult ebpf_ring_buffer_map_unmap_buffer(int map_fd, ulong consumer, ulong producer, ulong data)
    {
        _ = (producer, data);
        return Result(new UnmapRingCall(map_fd, consumer), out _);
    }

    /// <summary>Sets the event that a ring signals when it has unread data: <c>ebpf_map_set_wait_handle</c>. Replaces an earlier one.</summary>
    /// <param name="map_fd">Descriptor of the map.</param>
    /// <param name="index">0, or the CPU for a perf event array.</param>
    /// <param name="handle">A handle of an event of this process. -1 is refused by the kernel; it does not clear the event.</param>
    /// <returns>Success; INVALID_FD; INVALID_ARGUMENT; OPERATION_NOT_SUPPORTED for a map without rings.</returns>
    public EbpfResult ebpf_map_set_wait_handle(int map_fd, ulong index, NtHandle handle) =>
        Result(new SetWaitHandleCall(map_fd, index, handle), out _);

    /// <summary>Writes a record from user mode: <c>ebpf_ring_buffer_map_write</c>.</summary>
    /// <param name="map_fd">Descriptor of the ring buffer.</param>
    /// <param name="data">Address of the payload.</param>
    /// <param name="data_length">Bytes of it, at most 65,511.</param>
    /// <returns>
    /// Success; INVALID_FD; INVALID_ARGUMENT for an empty record, a map of another type or a record that can never fit; NO_MEMORY if the ring
    /// is full; ARITHMETIC_OVERFLOW if it does not fit a message.
    /// </returns>
    public EbpfResult ebpf_ring_buffer_map_write(int map_fd, ulong data, ulong data_length) =>
        Result(new WriteRecordCall(map_fd, data, data_length, BpfMapType.Ringbuf), out _);

    private ring_buffer? NewRingBuffer(int fd, ring_buffer_sample_fn? sample, object? context, ulong opts, string function)
    {
        ring_buffer made = new();
        NewRingsCall call = new(fd, new RingReceiver(context, sample), opts, made.Manager, isPerf: false, pageCount: 0);
        return Call(call, function) < 0 ? null : made;
    }

    private EbpfResult MapRing(
        int fd, ulong index, out ulong consumer, out ulong producer, out ulong data, out ulong size, [CallerMemberName] string function = "")
    {
        var body = new MapRingCall(fd, index);
        CallOutcome outcome = Execute(function, ref body);
        EbpfResult result = ResultOf(outcome);
        (consumer, producer, data, size) = body.Mapping is { } m ? (m.Consumer, m.Producer, m.Data, m.DataSize) : (0, 0, 0, 0);
        return result;
    }
}
