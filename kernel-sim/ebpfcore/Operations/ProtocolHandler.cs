using KernelSim.Protocol;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Operations;

/// <summary>The implementation of one operation. One object serves all requests; it has no state.</summary>
/// <param name="id">The operation that it implements: a row of the operation table.</param>
/// <param name="entersEpoch">Whether it is served in an epoch.</param>
internal abstract class ProtocolHandler(EbpfOperationId id, bool entersEpoch = true)
{
    /// <summary>The protocol's description of the operation.</summary>
    public OperationRow Operation { get; } = OperationTable.Find(id)!;

    /// <summary>The site that checks report in traces.</summary>
    public string Site { get; } = $"ebpfcore:{OperationTable.Find(id)!.Name}";

    /// <summary>Whether it is served in an epoch.</summary>
    public bool EntersEpoch { get; } = entersEpoch;

    /// <summary>Serves a request.</summary>
    /// <returns>
    /// The result. <see cref="EbpfResult.Pending"/> only from asynchronous operations, after <c>call.Async.Pend</c>; the dispatcher then no
    /// longer owns the request.
    /// </returns>
    public abstract EbpfResult Handle(in ProtocolCall call);
}
