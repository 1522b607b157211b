using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.UserMode.Calls;
using KernelSim.UserMode.Device;

namespace KernelSim.UserMode;

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
