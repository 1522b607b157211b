using KernelSim.Protocol;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Dispatch;

/// <summary>What the driver does for one operation. One object serves all requests; it has no state.</summary>
internal abstract class ProtocolHandler(EbpfOperationId id)
{
    /// <summary>The operation.</summary>
    public OperationRow Operation { get; } = OperationTable.Find(id)!;

    /// <summary>Who checks, for the trace.</summary>
    public string Site { get; } = $"ebpfcore:{OperationTable.Find(id)!.Name}";

    /// <summary>Serves a request.</summary>
    /// <returns>
    /// The result. <see cref="EbpfResult.Pending"/> from asynchronous operations only, after <c>call.Async.Pend</c>; the request is then
    /// no longer the dispatcher's.
    /// </returns>
    public abstract EbpfResult Handle(in ProtocolCall call);
}
