using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.UserMode.Calls;

namespace KernelSim.UserMode;

/// <summary><c>_close</c> of the C runtime.</summary>
internal readonly struct CloseCall(int fd) : ILibraryCall
{
    /// <inheritdoc/>
    public int Descriptor => fd;

    /// <inheritdoc/>
    public long RequestedElements(ApiCall call) => 0;

    /// <inheritdoc/>
    public EbpfResult Run(ApiCall call)
    {
        if (!call.TryResolve(fd, out _) || !call.Library.Descriptors.TryRemove(fd, out NtHandle handle))
        {
            return EbpfResult.InvalidFd;
        }

        return call.Library.Gate.NtClose(call.RequestId, handle).IsSuccess ? EbpfResult.Success : EbpfResult.InvalidFd;
    }
}
