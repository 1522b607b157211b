using KernelSim.EbpfCore.Maps;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Operations;

/// <summary>
/// Operation 35: deletes many elements, in order, up to the first that is missing; those before it stay deleted. The reply gives the number
/// of deleted elements only on full success.
/// </summary>
internal sealed unsafe class MapDeleteElementBatchHandler() : MapHandler(EbpfOperationId.MapDeleteElementBatch)
{
    /// <inheritdoc/>
    protected override EbpfResult Handle(in ProtocolCall call, EbpfMap map)
    {
        int data = call.RequestLength - MapDeleteElementBatchRequest.TailOffset;
        bool checksKeySize = !call.Core.Options.Defects.HasFlag(EbpfCoreDefects.DividesByKeySize);
        if (checksKeySize && !call.Require(map.KeySize != 0, CheckTable.MapDeleteBatchKeySize, map.KeySize, 1))
        {
            return call.Refused;
        }

        long whole = data / map.KeySize * map.KeySize;
        if (!call.Require(data == whole, CheckTable.MapDeleteBatchData, data, whole))
        {
            return call.Refused;
        }

        // The type's support is checked for each element: an empty batch succeeds on every map with keys.
        uint count = (uint)(data / map.KeySize);
        bool supported = count == 0 || map.Traits.Supports(MapOperation.Delete);
        if (!call.Require(supported, CheckTable.MapDeleteSupported, (uint)map.Definition.Type, 0))
        {
            return call.Refused;
        }

        EbpfResult result = map.DeleteBatch(
            call.Current, call.Request + MapDeleteElementBatchRequest.TailOffset, count, call.Site, out uint done);
        if (result == EbpfResult.Success)
        {
            call.WriteBody(new MapDeleteElementBatchReply { CountOfElementsProcessed = done });
        }
        else
        {
            call.Current.ReportElement(CheckTable.MapBatchElement, done, count);
        }

        return result;
    }
}
