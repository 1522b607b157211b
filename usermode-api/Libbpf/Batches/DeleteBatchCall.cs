using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.UserMode.Calls;
using KernelSim.UserMode.Marshalling;

namespace KernelSim.UserMode;

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

        var buffers = new ProcessBuffers(call.Memory, keys, 0, layout, Sites, call.Copies);
        var loop = new SendLoop { Map = map, Layout = layout, Option = null };
        return loop.Run(call, wanted, ref buffers);
    }
}
