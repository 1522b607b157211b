using KernelSim.EbpfCore.Dispatch;
using KernelSim.EbpfCore.Epochs;
using KernelSim.Nt.Io;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;

namespace KernelSim.EbpfCore.Handlers;

/// <summary>
/// Operation 44: answers once every epoch that is open now has ended. The request stays pending until then; with nobody else in an
/// epoch it completes before the call returns. Cancelling it does nothing, as upstream: it ends soon by itself.
/// </summary>
internal sealed class EpochSynchronizeHandler() : ProtocolHandler(EbpfOperationId.EpochSynchronize)
{
    /// <inheritdoc/>
    public override EbpfResult Handle(in ProtocolCall call)
    {
        call.Irp.MarkPending();
        call.Core.Epochs.Defer(call.Current, new Completion(call.Irp));
        return EbpfResult.Pending;
    }

    private sealed class Completion(Irp irp) : EpochWork
    {
        public override bool IsAwaited => true;

        public override void Run(KeThread current) => current.Machine.Io.CompleteRequest(current, irp, NtStatus.Success, 0);
    }
}
