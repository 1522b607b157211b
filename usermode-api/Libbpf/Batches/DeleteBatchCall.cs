using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;
using KernelSim.UserMode.Calls;
using KernelSim.UserMode.Marshalling;

namespace KernelSim.UserMode;

// If the library versions differ, the text describes Checked; "upstream" then stands for both others.
public sealed partial class Libbpf
{
    /// <summary>Deletes many elements of a map; elements of an array are set to zeros.</summary>
    /// <param name="fd">The map: hash or array, per-CPU or not.</param>
    /// <param name="keys">Address of *count keys of key_size bytes. There are no values, so the number of CPUs does not matter.</param>
    /// <param name="count">
    /// Address of a 32-bit number: in, the number of keys; out, in Checked, the number deleted, always written. Upstream never writes it.
    /// </param>
    /// <param name="opts">
    /// Address of a <see cref="BpfMapBatchOpts"/> whose elem_flags and flags are 0. Checked accepts NULL; upstream reads address 16.
    /// </param>
    /// <returns>
    /// <para>0: all are deleted.</para>
    /// <para>
    /// -ENOENT: the key at index *count is missing. Those before it stay deleted, those after it are not deleted; continue after it.
    /// </para>
    /// <para>
    /// -EINVAL: a *count of 0; opts.flags or elem_flags not 0; not a map; a map without keys; an index out of range; a key that does not fit a
    /// message (over 65,519 bytes); in Checked, keys shorter than *count x key_size bytes.
    /// </para>
    /// <para>-EBADF: no such descriptor. -EPERM: the device cannot be opened. -ESRCH: the process has ended.</para>
    /// </returns>
    /// <remarks>
    /// <para>
    /// Per-CPU rule: only keys are sent, so the number of CPUs does not matter. An element of a per-CPU map is deleted with the slots of all CPUs.
    /// </para>
    /// <para>Keys are deleted in order, floor(65,519 / key_size) per message: 16,379 of 4 bytes. A call is not atomic.</para>
    /// </remarks>
    public int bpf_map_delete_batch(int fd, ulong keys, ulong count, ulong opts) => Batch(count, opts, new DeleteBatchCall(fd, keys));
}

/// <summary><c>bpf_map_delete_batch</c>.</summary>
internal readonly struct DeleteBatchCall(int fd, ulong keys) : IBatchCall
{
    /// <inheritdoc/>
    public int Descriptor => fd;

    /// <inheritdoc/>
    public BatchSites Sites => BatchSites.Delete;

    /// <inheritdoc/>
    public EbpfResult Run(ApiCall call, in BatchArguments arguments)
    {
        if (!arguments.RequireNoFlags(call))
        {
            return call.Refused;
        }

        ulong elemFlags = arguments.ReadElemFlags(call);
        uint wanted = arguments.ReadCount(call);
        if (!BatchArguments.RequireNoElemFlags(call, elemFlags) || !call.TryResolveMap(fd, out NtHandle map, out MapShape? shape))
        {
            return call.Refused;
        }

        BatchTrace.Buffer(call, "keys", keys);
        if (!BatchChecks.RequireDelete(call, shape, wanted, out BatchLayout layout)
            || !call.RequireBuffer(MemoryAccess.Read, CheckTable.ApiDeleteBatchKeysSize, "keys", keys, wanted, shape.KeySize, "key_size"))
        {
            return call.Refused;
        }

        ProcessBuffers buffers = new(call.Memory, keys, 0, layout, Sites, call.Copies);
        SendLoop loop = new() { Map = map, Layout = layout, Option = null };
        return loop.Run(call, wanted, ref buffers);
    }
}
