using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.UserMode.Calls;
using KernelSim.UserMode.Device;

namespace KernelSim.UserMode;

public sealed partial class Libbpf
{
    /// <summary>Sets the event that a ring signals when it has unread data: <c>ebpf_map_set_wait_handle</c>. Replaces an earlier one.</summary>
    /// <param name="map_fd">Descriptor of the map.</param>
    /// <param name="index">0, or the CPU for a perf event array.</param>
    /// <param name="handle">A handle of an event of this process. -1 is refused by the kernel; it does not clear the event.</param>
    /// <returns>Success; INVALID_FD; INVALID_ARGUMENT; OPERATION_NOT_SUPPORTED for a map without rings.</returns>
    public EbpfResult ebpf_map_set_wait_handle(int map_fd, ulong index, NtHandle handle) =>
        Result(new SetWaitHandleCall(map_fd, index, handle));
}

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
