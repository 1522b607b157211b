using KernelSim.EbpfCore.Maps;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Operations;

/// <summary>
/// Operation 30: writes a record, as a program would; in a perf event array, to the ring of the processor that serves the request.
/// Its flags are ignored.
/// </summary>
internal sealed unsafe class MapWriteDataHandler() : RingHandler(EbpfOperationId.MapWriteData, CheckTable.MapRingSupported)
{
    /// <inheritdoc/>
    protected override EbpfResult Handle(in ProtocolCall call, RingMap map) => map.Output(
        call.Current,
        call.Request + MapWriteDataRequest.TailOffset,
        (ulong)(call.RequestLength - MapWriteDataRequest.TailOffset),
        call.Site);
}
