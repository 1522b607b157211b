using KernelSim.Protocol;
using KernelSim.Protocol.Messages;
using KernelSim.UserMode.Calls;

namespace KernelSim.UserMode;

/// <summary><c>ebpf_program_synchronize</c>. The device's file is synchronous, so the system call waits for a pending request.</summary>
internal readonly struct SynchronizeCall : ILibraryCall
{
    /// <inheritdoc/>
    public int Descriptor => -1;

    /// <inheritdoc/>
    public long RequestedElements(ApiCall call) => 0;

    /// <inheritdoc/>
    public EbpfResult Run(ApiCall call)
    {
        call.Channel.Begin<EpochSynchronizeRequest>(EbpfOperationId.EpochSynchronize, 0, out _);
        return call.Channel.Send();
    }
}
