using System.Runtime.InteropServices;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.UserMode.Calls;
using KernelSim.UserMode.Device;

namespace KernelSim.UserMode;

public sealed partial class Libbpf
{
    /// <summary>Finds the smallest id of a link above another.</summary>
    /// <param name="start_id">The id to start after, which need not exist; 0 for the first.</param>
    /// <param name="next_id">Address of room for the id, 4 bytes.</param>
    /// <returns>0; -ENOENT after the last.</returns>
    public int bpf_link_get_next_id(uint start_id, ulong next_id) => Call(new NextIdCall(EbpfOperationId.GetNextLinkId, start_id, next_id));

    /// <summary>Finds the smallest id of a map above another.</summary>
    /// <param name="start_id">The id to start after, which need not exist; 0 for the first.</param>
    /// <param name="next_id">Address of room for the id, 4 bytes.</param>
    /// <returns>0; -ENOENT after the last.</returns>
    public int bpf_map_get_next_id(uint start_id, ulong next_id) => Call(new NextIdCall(EbpfOperationId.GetNextMapId, start_id, next_id));

    /// <summary>Finds the smallest id of a program above another.</summary>
    /// <param name="start_id">The id to start after, which need not exist; 0 for the first.</param>
    /// <param name="next_id">Address of room for the id, 4 bytes.</param>
    /// <returns>0; -ENOENT after the last.</returns>
    public int bpf_prog_get_next_id(uint start_id, ulong next_id) =>
        Call(new NextIdCall(EbpfOperationId.GetNextProgramId, start_id, next_id));
}

/// <summary><c>bpf_map_get_next_id</c> and its counterparts for programs and links.</summary>
internal readonly struct NextIdCall(EbpfOperationId operation, uint startId, ulong nextId) : ILibraryCall
{
    /// <inheritdoc/>
    public int Descriptor => -1;

    /// <inheritdoc/>
    public long RequestedElements(ApiCall call) => 0;

    /// <inheritdoc/>
    public EbpfResult Run(ApiCall call)
    {
        if (!call.RequireBuffer(MemoryAccess.Write, CheckTable.ApiNextIdSize, "next_id", nextId, 1, sizeof(uint)))
        {
            return call.Refused;
        }

        EbpfResult result = ObjectMessages.GetNextId(call.Channel, operation, startId, out uint id);
        if (result == EbpfResult.Success)
        {
            MemoryMarshal.Write(call.Memory.Access(nextId, sizeof(uint), MemoryAccess.Write, "library:get_next_id.next_id"), id);
        }

        return result;
    }
}
