using KernelSim.EbpfCore.Maps;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Operations;

/// <summary>
/// Operation 34: updates many elements, in order, up to the first that fails; those before it stay updated. The reply gives the number of
/// updated elements only on full success.
/// </summary>
internal sealed unsafe class MapUpdateElementBatchHandler() : MapHandler(EbpfOperationId.MapUpdateElementBatch)
{
    /// <inheritdoc/>
    protected override EbpfResult Handle(in ProtocolCall call, EbpfMap map)
    {
        MapUpdateElementBatchRequest request = call.Read<MapUpdateElementBatchRequest>();
        int data = call.RequestLength - MapUpdateElementBatchRequest.TailOffset;
        long record = (long)map.RecordBytes;
        if (!call.Require(record != 0, CheckTable.MapUpdateBatchRecordSize, record, 1)
            || !call.Require(data % record == 0, CheckTable.MapUpdateBatchData, data, data / record * record))
        {
            return call.Refused;
        }

        // The type's support is checked for each element: an empty batch succeeds on every map.
        uint count = (uint)(data / record);
        if (!call.Require(count == 0 || map.KeySize == 0 || !map.Traits.IsKeyless, CheckTable.MapUpdateKeyless, map.KeySize, 0))
        {
            return call.Refused;
        }

        bool supported = count == 0 || map.Traits.Supports(MapOperation.Update);
        if (!call.Require(supported, CheckTable.MapUpdateSupported, (uint)map.Definition.Type, 0))
        {
            return call.Refused;
        }

        EbpfResult result = map.UpdateBatch(
            call.Current,
            call.Request + MapUpdateElementBatchRequest.TailOffset,
            count,
            request.Option,
            call.Site,
            out uint done);
        call.Current.CountStored(done * (long)map.ValueBytes);
        if (result == EbpfResult.Success)
        {
            call.WriteBody(new MapUpdateElementBatchReply { CountOfElementsProcessed = done });
        }
        else
        {
            call.Current.ReportElement(CheckTable.MapBatchElement, done, count);
        }

        return result;
    }
}
