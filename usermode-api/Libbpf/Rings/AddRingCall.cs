using KernelSim.Protocol;
using KernelSim.UserMode.Calls;
using KernelSim.UserMode.Rings;

namespace KernelSim.UserMode;

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
