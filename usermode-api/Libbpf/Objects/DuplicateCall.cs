using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.UserMode.Calls;

namespace KernelSim.UserMode;

public sealed partial class Libbpf
{
    /// <summary>Creates a second descriptor of the same object: <c>ebpf_duplicate_fd</c>.</summary>
    /// <param name="fd">The descriptor to duplicate.</param>
    /// <param name="dup">The new descriptor; -1 on failure.</param>
    /// <returns>See <see cref="ebpf_close_fd"/>.</returns>
    public EbpfResult ebpf_duplicate_fd(int fd, out int dup)
    {
        EbpfResult result = ThroughErrno(Result(new DuplicateCall(fd), out dup));
        dup = result == EbpfResult.Success ? dup : -1;
        return result;
    }
}

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
