using KernelSim.EbpfCore.Async;
using KernelSim.EbpfCore.Epochs;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;

namespace KernelSim.EbpfCore.Operations;

/// <summary>
/// Operation 44: completes once every epoch that is open now has ended. The request stays pending until then; if no other thread is in an
/// epoch, it completes before the call returns. Cancelling it has no effect, as upstream: it ends soon by itself.
/// </summary>
internal sealed class EpochSynchronizeHandler() : ProtocolHandler(EbpfOperationId.EpochSynchronize)
{
    /// <inheritdoc/>
    public override EbpfResult Handle(in ProtocolCall call)
    {
        AsyncRequest request = call.Async;
        request.Pend();
        call.Core.Epochs.Defer(call.Current, new Completion(request));
        return EbpfResult.Pending;
    }

    private sealed class Completion(AsyncRequest request) : EpochWork
    {
        public override string Name => "Synchronize";

        public override void Run(KeThread current) => request.Complete(current, EbpfResult.Success, 0);
    }
}
