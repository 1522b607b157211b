using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.UserMode.Calls;
using KernelSim.UserMode.Rings;

namespace KernelSim.UserMode;

// Perf event arrays: upstream's libbpf_map.cpp, and the additions of ebpf_api.h. Unlike the ring_buffer__ functions these set errno.
public sealed partial class Libbpf
{
    /// <summary>Creates a manager that polls the rings of all CPUs.</summary>
    /// <param name="map_fd">Descriptor of the perf event array.</param>
    /// <param name="page_cnt">Must be 0: the size was given when the map was created.</param>
    /// <param name="sample_cb">Called for each record.</param>
    /// <param name="lost_cb">Called when a CPU's ring has lost records, with their number since the manager was created or the last call.</param>
    /// <param name="ctx">Passed to both callbacks.</param>
    /// <param name="opts">Address of a <c>perf_buffer_opts</c>, which has no options, or NULL.</param>
    /// <returns>
    /// The manager, to be freed with <see cref="perf_buffer__free"/>; or null with errno set: EINVAL for a missing callback, pages, or a ring
    /// buffer; EBADF; ENOTSUP for a map without rings.
    /// </returns>
    public perf_buffer? perf_buffer__new(
        int map_fd, ulong page_cnt, perf_buffer_sample_fn? sample_cb, perf_buffer_lost_fn? lost_cb, object? ctx = null, ulong opts = 0)
    {
        _ = opts;
        return NewPerfBuffer(map_fd, page_cnt, new RingReceiver(ctx, null, sample_cb, lost_cb), opts: 0, nameof(perf_buffer__new));
    }

    /// <summary><see cref="perf_buffer__new"/> with Windows options: <c>ebpf_perf_buffer__new</c>. Deprecated upstream.</summary>
    /// <param name="map_fd">Descriptor of the perf event array.</param>
    /// <param name="page_cnt">Must be 0.</param>
    /// <param name="sample_cb">Called for each record; with automatic callbacks on threads of the library, one for each CPU's ring.</param>
    /// <param name="lost_cb">Called when a ring has lost records, on the same threads.</param>
    /// <param name="ctx">Passed to both.</param>
    /// <param name="opts">
    /// Address of an <c>ebpf_perf_buffer_opts</c>: sz and flags, 8 bytes each; flag 1 asks for automatic callbacks. Or NULL.
    /// </param>
    /// <returns>See <see cref="perf_buffer__new"/>.</returns>
    public perf_buffer? ebpf_perf_buffer__new(
        int map_fd, ulong page_cnt, perf_buffer_sample_fn? sample_cb, perf_buffer_lost_fn? lost_cb, object? ctx, ulong opts) =>
        NewPerfBuffer(map_fd, page_cnt, new RingReceiver(ctx, null, sample_cb, lost_cb), opts, nameof(ebpf_perf_buffer__new));

    /// <summary>Passes unread records to the callbacks, and if there are none waits for more.</summary>
    /// <param name="pb">A manager that has not been freed.</param>
    /// <param name="timeout_ms">Longest time to wait in milliseconds, in host time; 0 does not wait, negative waits forever.</param>
    /// <returns>
    /// Number of records, 0 after the timeout; -EINVAL without a manager; -ENOTSUP with automatic callbacks; -EIO if the wait failed.
    /// </returns>
    public int perf_buffer__poll(perf_buffer? pb, int timeout_ms) => Poll(pb?.Manager, timeout_ms, setsErrno: true);

    /// <summary>Passes unread records to the callbacks, CPU by CPU.</summary>
    /// <param name="pb">A manager that has not been freed.</param>
    /// <returns>See <see cref="perf_buffer__poll"/>, without the timeout.</returns>
    public int perf_buffer__consume(perf_buffer? pb) => Consume(pb?.Manager, setsErrno: true);

    /// <summary>Passes unread records of one CPU to the callbacks.</summary>
    /// <param name="pb">A manager that has not been freed.</param>
    /// <param name="buf_idx">Number of the CPU.</param>
    /// <returns>See <see cref="perf_buffer__consume"/>; -EINVAL for an index that is too large.</returns>
    public int perf_buffer__consume_buffer(perf_buffer? pb, ulong buf_idx)
    {
        if (Refuse(pb?.Manager, needsRings: false) is { } refuse)
        {
            return Call(refuse);
        }

        return buf_idx < (ulong)pb!.Manager.Rings.Count
            ? Call(new ConsumeCall(pb.Manager.Rings, (int)buf_idx, 1, NtHandle.Invalid))
            : Call(new RefuseCall(0, CheckTable.ApiRingBufferIndex, $"buf_idx {buf_idx} given"));
    }

    /// <summary>Number of rings of a manager: one for each possible CPU. 0 for NULL.</summary>
    /// <param name="pb">A manager that has not been freed.</param>
    public ulong perf_buffer__buffer_cnt(perf_buffer? pb) =>
        pb is null ? 0 : pb.Manager.Subscription is not null ? (ulong)libbpf_num_possible_cpus() : (ulong)pb.Manager.Rings.Count;

    /// <summary>Frees a manager; NULL is allowed. As with <see cref="ring_buffer__free"/>, a callback may call it.</summary>
    /// <param name="pb">A manager that has not been freed.</param>
    public void perf_buffer__free(perf_buffer? pb) => Free(pb?.Manager);

    /// <summary>
    /// The event that a manager's rings set: <c>ebpf_perf_buffer_get_wait_handle</c>. Invalid for NULL or with automatic callbacks.
    /// </summary>
    /// <param name="pb">A manager that has not been freed.</param>
    public static NtHandle ebpf_perf_buffer_get_wait_handle(perf_buffer? pb) => pb?.Manager.WaitHandle ?? NtHandle.Invalid;
}
