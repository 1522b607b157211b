using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.UserMode.Calls;

namespace KernelSim.UserMode;

public sealed partial class Libbpf
{
    /// <summary>Closes a descriptor: <c>ebpf_close_fd</c>.</summary>
    /// <param name="fd">The descriptor to close.</param>
    /// <returns>
    /// Success; FAILED for an invalid one, with <see cref="errno"/> EBADF: upstream decodes the C runtime's errno as a Win32 error.
    /// </returns>
    public EbpfResult ebpf_close_fd(int fd) => ThroughErrno(Result(new CloseCall(fd)));

    /// <summary>Decodes the C runtime's errno as the Win32 error with the same number, as upstream does.</summary>
    private static EbpfResult ThroughErrno(EbpfResult result) =>
        ResultConversions.ToEbpfResult(new Win32Error((uint)ResultConversions.ToErrno(result)));

    /// <summary>Closes a descriptor: <c>_close</c>, but returning -EBADF where C returns -1 and sets errno.</summary>
    /// <param name="fd">The descriptor to close.</param>
    /// <returns>0; -EBADF.</returns>
    public int close(int fd) => Call(new CloseCall(fd));
}

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
