using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.UserMode.Calls;
using KernelSim.UserMode.Device;

namespace KernelSim.UserMode;

public sealed partial class Libbpf
{
    /// <summary>Pins an object: <c>ebpf_object_pin</c>.</summary>
    /// <param name="fd">Descriptor of the object.</param>
    /// <param name="path">The pin path.</param>
    /// <returns>Success; INVALID_ARGUMENT; INVALID_FD; OBJECT_ALREADY_EXISTS.</returns>
    public EbpfResult ebpf_object_pin(int fd, string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return WithString(path, address => Result(new PinCall(fd, address), nameof(ebpf_object_pin)));
    }

    /// <summary>Pins an object under a path.</summary>
    /// <param name="fd">Descriptor of the object.</param>
    /// <param name="pathname">Address of a zero-terminated path.</param>
    /// <returns>
    /// 0; -EINVAL for a path without canonical form or a descriptor of 0 or below; -EBADF; -EEXIST; -ENOTSUP if the driver cannot pin.
    /// </returns>
    public int bpf_obj_pin(int fd, ulong pathname) => Call(new PinCall(fd, pathname));

    /// <summary>Same as <see cref="bpf_obj_pin(int, ulong)"/>, with the path as a .NET string.</summary>
    /// <param name="fd">Descriptor of the object.</param>
    /// <param name="pathname">The pin path.</param>
    /// <returns>The same results as the other overload.</returns>
    public int bpf_obj_pin(int fd, string? pathname) => WithString(pathname, path => bpf_obj_pin(fd, path));
}

/// <summary><c>bpf_obj_pin</c>.</summary>
internal readonly struct PinCall(int fd, ulong path) : ILibraryCall
{
    /// <inheritdoc/>
    public int Descriptor => fd;

    /// <inheritdoc/>
    public long RequestedElements(ApiCall call) => 0;

    /// <inheritdoc/>
    public EbpfResult Run(ApiCall call)
    {
        Span<byte> canonical = stackalloc byte[PinPath.MaxBytes];
        if (!PinPath.TryRead(call, path, "library:obj_pin.path", ref canonical))
        {
            return call.Refuse(CheckTable.ApiPinPath, "a path without canonical form given");
        }

        if (!call.Require(fd > 0, CheckTable.ApiPinDescriptor, "descriptor", fd, 1) || !call.TryResolve(fd, out OpenDescriptor? entry))
        {
            return call.Refused;
        }

        return ObjectMessages.UpdatePinning(call.Channel, entry.Handle, canonical);
    }
}
