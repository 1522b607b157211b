using System.Runtime.InteropServices;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.UserMode.Calls;
using KernelSim.UserMode.Device;

namespace KernelSim.UserMode;

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
