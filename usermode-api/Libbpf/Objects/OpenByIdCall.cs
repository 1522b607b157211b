using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.UserMode.Calls;
using KernelSim.UserMode.Device;

namespace KernelSim.UserMode;

public sealed partial class Libbpf
{
    /// <summary>Opens a link by its id.</summary>
    /// <param name="id">Id of the link.</param>
    /// <returns>A new descriptor; -ENOENT.</returns>
    public int bpf_link_get_fd_by_id(uint id) => Call(new OpenByIdCall(EbpfOperationId.GetLinkHandleById, id));

    /// <summary>Opens a map by its id.</summary>
    /// <param name="id">Id of the map.</param>
    /// <returns>A new descriptor; -ENOENT.</returns>
    public int bpf_map_get_fd_by_id(uint id) => Call(new OpenByIdCall(EbpfOperationId.GetMapHandleById, id));

    /// <summary>Opens a program by its id.</summary>
    /// <param name="id">Id of the program.</param>
    /// <returns>A new descriptor; -ENOENT.</returns>
    public int bpf_prog_get_fd_by_id(uint id) => Call(new OpenByIdCall(EbpfOperationId.GetProgramHandleById, id));
}

/// <summary><c>bpf_map_get_fd_by_id</c> and its counterparts for programs and links.</summary>
internal readonly struct OpenByIdCall(EbpfOperationId operation, uint id) : ILibraryCall
{
    /// <inheritdoc/>
    public int Descriptor => -1;

    /// <inheritdoc/>
    public long RequestedElements(ApiCall call) => 0;

    /// <inheritdoc/>
    public EbpfResult Run(ApiCall call)
    {
        EbpfResult result = ObjectMessages.GetHandleById(call.Channel, operation, id, out NtHandle handle);
        return result == EbpfResult.Success ? call.OpenDescriptor(handle, shape: null) : result;
    }
}
