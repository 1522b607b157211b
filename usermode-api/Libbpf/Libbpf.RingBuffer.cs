using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
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
    /// Called for each record; with automatic callbacks on a thread of the library, where any return value but 0 ends the current round,
    /// and the record is delivered again.
    /// </param>
    /// <param name="ctx">Passed to the callback.</param>
    /// <param name="opts">
    /// Address of an <c>ebpf_ring_buffer_opts</c>: sz and flags, 8 bytes each; flag 1 asks for automatic callbacks. Or NULL.
    /// </param>
    /// <returns>See <see cref="ring_buffer__new"/>.</returns>
    public ring_buffer? ebpf_ring_buffer__new(int map_fd, ring_buffer_sample_fn? sample_cb, object? ctx, ulong opts) =>
        NewRingBuffer(map_fd, sample_cb, ctx, opts, nameof(ebpf_ring_buffer__new));

    /// <summary>Hands over what there is, and if that is nothing waits for more.</summary>
    /// <param name="rb">A manager that has not been freed.</param>
    /// <param name="timeout_ms">Longest time to wait in milliseconds, in host time; 0 does not wait, negative waits forever.</param>
    /// <returns>
    /// Number of records, 0 after the timeout; the return value of a callback if that was negative; -EINVAL without a manager; -ENOTSUP
    /// with automatic callbacks; -EIO if the wait failed.
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

    /// <summary>
    /// The event that a manager's rings set: <c>ebpf_ring_buffer_get_wait_handle</c>. Invalid for NULL or with automatic callbacks.
    /// </summary>
    /// <param name="rb">A manager that has not been freed.</param>
    public static NtHandle ebpf_ring_buffer_get_wait_handle(ring_buffer? rb) => rb?.Manager.WaitHandle ?? NtHandle.Invalid;
}
