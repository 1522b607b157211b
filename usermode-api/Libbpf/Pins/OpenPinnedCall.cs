using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.UserMode.Calls;
using KernelSim.UserMode.Device;

namespace KernelSim.UserMode;

public sealed partial class Libbpf
{
    /// <summary>Opens the object that is pinned under a path: <c>ebpf_object_get</c>.</summary>
    /// <param name="path">The pin path.</param>
    /// <param name="fd">A new descriptor; -1 on failure.</param>
    /// <returns>Success; INVALID_ARGUMENT; KEY_NOT_FOUND.</returns>
    public EbpfResult ebpf_object_get(string path, out int fd)
    {
        ArgumentNullException.ThrowIfNull(path);
        int opened = -1;
        EbpfResult result = WithString(path, address => Result(new OpenPinnedCall(address), out opened, nameof(ebpf_object_get)));
        fd = opened;
        return result;
    }

    /// <summary>Opens the object that is pinned under a path.</summary>
    /// <param name="pathname">Address of a zero-terminated path.</param>
    /// <returns>A new descriptor; -EINVAL for a path without canonical form; -ENOENT; -ENOTSUP if the driver cannot pin.</returns>
    public int bpf_obj_get(ulong pathname) => Call(new OpenPinnedCall(pathname));

    /// <summary>Same as <see cref="bpf_obj_get(ulong)"/>, with the path as a .NET string.</summary>
    /// <param name="pathname">The pin path.</param>
    /// <returns>The same results as the other overload.</returns>
    public int bpf_obj_get(string? pathname) => WithString(pathname, bpf_obj_get);
}

/// <summary><c>bpf_obj_get</c>.</summary>
internal readonly struct OpenPinnedCall(ulong path) : ILibraryCall
{
    private const string PathSite = "library:obj_get.path";

    /// <inheritdoc/>
    public int Descriptor => -1;

    /// <inheritdoc/>
    public long RequestedElements(ApiCall call) => 0;

    /// <inheritdoc/>
    public EbpfResult Run(ApiCall call)
    {
        if (path == 0 && !call.Traits.ChecksBuffers)
        {
            // Unlike bpf_obj_pin, upstream does not check for NULL before it reads.
            call.Memory.Access(path, 1, MemoryAccess.Read, PathSite);
        }

        Span<byte> canonical = stackalloc byte[PinPath.MaxBytes];
        if (!PinPath.TryRead(call, path, PathSite, ref canonical))
        {
            return call.Refuse(CheckTable.ApiPinPath, "a path without canonical form given");
        }

        EbpfResult result = ObjectMessages.GetPinnedObject(call.Channel, canonical, out NtHandle handle);
        return result == EbpfResult.Success ? call.OpenDescriptor(handle, shape: null) : result;
    }
}
