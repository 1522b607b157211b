using KernelSim.Protocol;
using KernelSim.Protocol.Checks;

namespace KernelSim.EbpfCore.Dispatch;

/// <summary>Stands where a handler is not built yet. The request has passed every check before it, as it would with a handler.</summary>
internal sealed class NotBuiltHandler(EbpfOperationId id) : ProtocolHandler(id)
{
    /// <inheritdoc/>
    public override EbpfResult Handle(in ProtocolCall call)
    {
        call.Require(false, CheckTable.OperationBuilt, (uint)Operation.Id, 0);
        return CheckTable.OperationBuilt.Result;
    }
}
