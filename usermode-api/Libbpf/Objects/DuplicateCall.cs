using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.UserMode.Calls;

namespace KernelSim.UserMode;

/// <summary>
/// <c>ebpf_duplicate_fd</c>, C's <c>_dup</c>: a second handle of the same object, which the kernel opens by the object's id.
/// </summary>
internal readonly struct DuplicateCall(int fd) : ILibraryCall
{
    /// <inheritdoc/>
    public int Descriptor => fd;

    /// <inheritdoc/>
    public long RequestedElements(ApiCall call) => 0;

    /// <inheritdoc/>
    public EbpfResult Run(ApiCall call)
    {
        if (!call.TryResolve(fd, out OpenDescriptor? entry))
        {
            return call.Refused;
        }

        NtHandle copy = NtHandle.Invalid;
        return call.Library.Gate.NtDuplicateObject(call.RequestId, entry.Handle, out copy).IsSuccess
            ? call.OpenDescriptor(copy, entry.Shape)
            : EbpfResult.NoMemory;
    }
}
