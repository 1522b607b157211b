using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.UserMode.Calls;
using KernelSim.UserMode.Device;

namespace KernelSim.UserMode;

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
