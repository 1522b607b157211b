using KernelSim.Protocol;
using KernelSim.Protocol.Messages;

namespace KernelSim.UserMode.Calls;

/// <summary><c>ebpf_program_synchronize</c>. The device's file waits, so a request that stays pending is waited for in the system call.</summary>
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
        return call.Send();
    }
}
