using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.UserMode.Calls;
using KernelSim.UserMode.Device;

namespace KernelSim.UserMode;

public sealed partial class Libbpf
{
    /// <summary>Unpins what is pinned under a path: <c>ebpf_object_unpin</c>.</summary>
    /// <param name="path">The pin path.</param>
    /// <returns>
    /// Success; KEY_NOT_FOUND; for a path without canonical form INVALID_FD, because upstream decodes its INVALID_ARGUMENT as a Win32 error.
    /// </returns>
    public EbpfResult ebpf_object_unpin(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return WithString(path, address => Result(new UnpinCall(address), nameof(ebpf_object_unpin)));
    }
}

/// <summary><c>ebpf_object_unpin</c>.</summary>
/// <param name="path">Address of the path.</param>
internal readonly struct UnpinCall(ulong path) : ILibraryCall
{
    /// <inheritdoc/>
    public int Descriptor => -1;

    /// <inheritdoc/>
    public long RequestedElements(ApiCall call) => 0;

    /// <inheritdoc/>
    public EbpfResult Run(ApiCall call)
    {
        Span<byte> canonical = stackalloc byte[PinPath.MaxBytes];
        return PinPath.TryRead(call, path, "library:object_unpin.path", ref canonical)
            ? ObjectMessages.UpdatePinning(call.Channel, NtHandle.Invalid, canonical)
            : call.Refuse(CheckTable.ApiUnpinPath, "a path without canonical form given");
    }
}
