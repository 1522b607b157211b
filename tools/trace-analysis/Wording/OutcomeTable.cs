using KernelSim.Protocol;

namespace KernelSim.TraceAnalysis.Wording;

/// <summary>Every way to reach an errno that is not a row of <see cref="Protocol.Checks.CheckTable"/>.</summary>
public static class OutcomeTable
{
    /// <summary>All outcomes.</summary>
    public static IReadOnlyList<Outcome> All { get; } =
    [
        new(
            EbpfResult.ObjectNotFound,
            "bpf_map_lookup_elem, bpf_map_lookup_and_delete_elem",
            "hash, percpu_hash: no element has the key."),
        new(
            EbpfResult.ObjectNotFound,
            "bpf_map_lookup_elem",
            "array, percpu_array: the index is max_entries or more."),
        new(
            EbpfResult.KeyNotFound,
            "bpf_map_delete_elem, bpf_map_delete_batch",
            "hash, percpu_hash: no element has the key. Keys of the batch before it stay deleted."),
        new(
            EbpfResult.KeyNotFound,
            "bpf_map_update_elem, bpf_map_update_batch",
            "Flag EXIST, and no element has the key. Elements of the batch before it stay written."),
        new(
            EbpfResult.KeyNotFound,
            "bpf_map_lookup_batch, bpf_map_lookup_and_delete_batch",
            "The key that in_batch holds has been deleted meanwhile; unlike bpf_map_get_next_key, a batch does not start again."),
        new(
            EbpfResult.KeyNotFound,
            "bpf_map_get_fd_by_id, bpf_prog_get_fd_by_id, bpf_link_get_fd_by_id",
            "No object of this type has the id, or it is being deleted."),
        new(
            EbpfResult.KeyNotFound,
            "bpf_obj_get",
            "Nothing is pinned under the path."),
        new(
            EbpfResult.ObjectNotFound,
            "bpf_map_lookup_elem, bpf_map_lookup_and_delete_elem",
            "queue, stack: the map is empty."),
        new(
            EbpfResult.OutOfSpace,
            "bpf_map_update_elem",
            "queue, stack: the map is full, and the flags do not allow dropping the oldest value."),
        new(
            EbpfResult.NoMoreKeys,
            "bpf_map_get_next_key",
            "The given key was the last, or the map is empty: the end of an iteration."),
        new(
            EbpfResult.NoMoreKeys,
            "bpf_map_lookup_batch, bpf_map_lookup_and_delete_batch",
            "Nothing is left: the map is empty, or in_batch is the last key. The call before it returned 0 with a short count."),
        new(
            EbpfResult.NoMoreKeys,
            "bpf_map_lookup_batch, bpf_map_lookup_and_delete_batch",
            "Libraries upstream and before-3564 only: what is left is a whole number of full messages and count asks for more. "
            + "The request after the last full one finds nothing, and all that was read is reported as a failure."),
        new(
            EbpfResult.NoMoreKeys,
            "bpf_map_get_next_id, bpf_prog_get_next_id, bpf_link_get_next_id",
            "No object of this type has a larger id: the end of an enumeration."),
        new(
            EbpfResult.ObjectAlreadyExists,
            "bpf_map_update_elem, bpf_map_update_batch",
            "hash, percpu_hash: flag NOEXIST, and an element has the key. Elements of the batch before it stay written."),
        new(
            EbpfResult.InvalidFd,
            "bpf_map_delete_elem, bpf_map_delete_batch",
            "The descriptor is not a map's: upstream turns EBPF_INVALID_OBJECT into EBPF_INVALID_FD here, and only here."),
        new(
            EbpfResult.NoMemory,
            "bpf_map_create, bpf_map_update_elem, bpf_map_update_batch, bpf_map_lookup_batch",
            "The kernel's pool limit has no room for what is needed."),
        new(
            EbpfResult.NoMemory,
            "bpf_map_create, bpf_map_get_fd_by_id, bpf_obj_get",
            "The process has as many descriptors open as its C runtime allows."),
        new(
            Errno.ESRCH,
            null,
            "every call",
            "The simulated process has ended: it crashed (an access violation, a bad free), was killed, or exited."),
    ];
}
