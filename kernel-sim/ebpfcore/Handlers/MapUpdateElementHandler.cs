using KernelSim.EbpfCore.Dispatch;
using KernelSim.EbpfCore.Maps;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Handlers;

/// <summary>Operation 6: inserts or replaces a value, all slots of it.</summary>
internal sealed unsafe class MapUpdateElementHandler() : MapHandler(EbpfOperationId.MapUpdateElement)
{
    /// <inheritdoc/>
    protected override EbpfResult Handle(in ProtocolCall call, EbpfMap map)
    {
        MapUpdateElementRequest request = call.Read<MapUpdateElementRequest>();
        int data = call.RequestLength - MapUpdateElementRequest.TailOffset;
        if (!call.Require(data >= map.KeySize, CheckTable.MapUpdateKeySize, data, map.KeySize))
        {
            return CheckTable.MapUpdateKeySize.Result;
        }

        long valueLength = data - (long)map.KeySize;
        if (!call.Require(valueLength == map.ValueBytes, CheckTable.MapUpdateValueSize, valueLength, map.ValueBytes))
        {
            return CheckTable.MapUpdateValueSize.Result;
        }

        if (!call.Require(map.Traits.Supports(MapOperation.Update), CheckTable.MapUpdateSupported, (uint)map.Definition.Type, 0))
        {
            return CheckTable.MapUpdateSupported.Result;
        }

        byte* key = call.Request + MapUpdateElementRequest.TailOffset;
        byte* value = key + map.KeySize;
        EbpfResult result = map.UpdateEntry(call.Current, key, value, request.Option, call.Site, out byte* stored);
        if (result == EbpfResult.Success)
        {
            new CopyTrace(call.Current).Store(0, value, stored, map.ValueBytes);
        }

        return result;
    }
}
