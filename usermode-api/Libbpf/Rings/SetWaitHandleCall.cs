using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.UserMode.Calls;
using KernelSim.UserMode.Device;

namespace KernelSim.UserMode;

/// <summary><c>ebpf_map_set_wait_handle</c>.</summary>
internal readonly struct SetWaitHandleCall(int fd, ulong index, NtHandle handle) : ILibraryCall
{
    /// <inheritdoc/>
    public int Descriptor => fd;

    /// <inheritdoc/>
    public long RequestedElements(ApiCall call) => 0;

    /// <inheritdoc/>
    public EbpfResult Run(ApiCall call) =>
        call.TryResolve(fd, out OpenDescriptor? entry) ? RingMessages.SetWaitHandle(call.Channel, entry.Handle, index, handle) : call.Refused;
}
