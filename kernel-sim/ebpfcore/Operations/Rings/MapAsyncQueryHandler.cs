using KernelSim.EbpfCore.Maps;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Operations;

/// <summary>
/// Operation 29: returns what has been read and waits for more. It is always pending; if something is unread it completes before the
/// call returns.
/// </summary>
internal sealed class MapAsyncQueryHandler() : RingHandler(EbpfOperationId.MapAsyncQuery, CheckTable.MapRingSupported)
{
    /// <inheritdoc/>
    protected override EbpfResult Handle(in ProtocolCall call, RingMap map)
    {
        MapAsyncQueryRequest request = call.Read<MapAsyncQueryRequest>();
        if (RingAt(call, map, request.Index) is not { } ring)
        {
            return call.Refused;
        }

        EbpfResult result = ring.Return(call.Caller, request.ConsumerOffset);
        return result == EbpfResult.Success
            ? ring.Query.Start(call.Caller, call.Async, request.ConsumerOffset)
            : result;
    }
}
