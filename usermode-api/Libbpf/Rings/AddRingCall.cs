using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.UserMode.Calls;
using KernelSim.UserMode.Rings;

namespace KernelSim.UserMode;

public sealed partial class Libbpf
{
    /// <summary>Adds another ring buffer to a manager; it shares the manager's event.</summary>
    /// <param name="rb">A manager that has not been freed.</param>
    /// <param name="map_fd">Descriptor of the ring buffer.</param>
    /// <param name="sample_cb">Called for each of its records.</param>
    /// <param name="ctx">Passed to the callback.</param>
    /// <returns>0; -EINVAL for a missing argument or a negative descriptor; -ENOTSUP with automatic callbacks; -EBADF.</returns>
    public int ring_buffer__add(ring_buffer? rb, int map_fd, ring_buffer_sample_fn? sample_cb, object? ctx = null)
    {
        if (rb is null || map_fd < 0 || sample_cb is null)
        {
            return Call(new RefuseCall(map_fd, CheckTable.ApiRingAdd, "not all of them given"), setsErrno: false);
        }

        return Refuse(rb.Manager, needsRings: false) is { } refuse
            ? Call(refuse, setsErrno: false)
            : Call(new AddRingCall(rb.Manager, map_fd, new RingReceiver(ctx, sample_cb)), setsErrno: false);
    }
}

/// <summary><c>ring_buffer__add</c>, after its arguments have been checked.</summary>
internal readonly struct AddRingCall(RingManager manager, int fd, RingReceiver receiver) : ILibraryCall
{
    /// <inheritdoc/>
    public int Descriptor => fd;

    /// <inheritdoc/>
    public long RequestedElements(ApiCall call) => 0;

    /// <inheritdoc/>
    public EbpfResult Run(ApiCall call) => OpenRings.Add(call, fd, count: 1, manager.WaitHandle, receiver, manager.Rings);
}
