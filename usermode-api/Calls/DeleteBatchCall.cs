using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.UserMode.Marshalling;

namespace KernelSim.UserMode.Calls;

/// <summary><c>bpf_map_delete_batch</c>.</summary>
internal readonly struct DeleteBatchCall(int fd, ulong keys, ulong count, ulong options) : ILibraryCall
{
    private static readonly BatchSites s_sites = BatchSites.Delete;

    /// <inheritdoc/>
    public int Descriptor => fd;

    /// <inheritdoc/>
    public long RequestedElements(ApiCall call) => new BatchArguments(count, options, s_sites).Peek(call);

    /// <inheritdoc/>
    public EbpfResult Run(ApiCall call)
    {
        var arguments = new BatchArguments(count, options, s_sites);
        return arguments.RequireReachable(call) ? arguments.Leave(call, Run(call, arguments)) : call.Refused;
    }

    private EbpfResult Run(ApiCall call, in BatchArguments arguments)
    {
        ulong flags = arguments.ReadFlags(call);
        if (!call.Require(flags == 0, CheckTable.ApiBatchFlags, "flags", (long)Math.Min(flags, long.MaxValue), 0))
        {
            return call.Refused;
        }

        ulong elemFlags = arguments.ReadElemFlags(call);
        uint wanted = arguments.ReadCount(call);
        if (!call.Require(elemFlags == 0, CheckTable.ApiBatchElemFlags, "elem_flags", (long)Math.Min(elemFlags, long.MaxValue), 0))
        {
            return call.Refused;
        }

        EbpfResult result = call.ResolveMap(fd, out NtHandle map, out MapShape shape);
        if (result != EbpfResult.Success)
        {
            return result;
        }

        BatchTrace.Buffer(call, "keys", keys);
        if (!BatchChecks.RequireDelete(call, shape, wanted, out BatchLayout layout)
            || !call.RequireBuffer(MemoryAccess.Read, CheckTable.ApiDeleteBatchKeysSize, "keys", keys, wanted, shape.KeySize, "key_size"))
        {
            return call.Refused;
        }

        var buffers = new ProcessBuffers(keys, 0, layout, s_sites);
        var loop = new DeleteLoop { Map = map, Layout = layout };
        return loop.Run(call, wanted, ref buffers);
    }
}
