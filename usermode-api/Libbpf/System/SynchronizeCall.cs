using KernelSim.Protocol;
using KernelSim.Protocol.Messages;
using KernelSim.UserMode.Calls;

namespace KernelSim.UserMode;

public sealed partial class Libbpf
{
    /// <summary>
    /// Waits until every program run and every request that is in progress now has ended: <c>ebpf_program_synchronize</c>. What was replaced
    /// or deleted before can then no longer be seen by any of them.
    /// </summary>
    /// <returns>Success.</returns>
    public EbpfResult ebpf_program_synchronize() => Result(default(SynchronizeCall));
}

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
