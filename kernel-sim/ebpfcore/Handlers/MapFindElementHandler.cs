using KernelSim.EbpfCore.Dispatch;
using KernelSim.EbpfCore.Maps;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Handlers;

/// <summary>Operation 5: finds a value, all slots of it, and deletes the element if asked.</summary>
internal sealed unsafe class MapFindElementHandler() : MapHandler(EbpfOperationId.MapFindElement)
{
    /// <inheritdoc/>
    protected override EbpfResult Handle(in ProtocolCall call, EbpfMap map)
    {
        MapFindElementRequest request = call.Read<MapFindElementRequest>();
        int keyLength = call.RequestLength - MapFindElementRequest.TailOffset;
        int room = call.ReplyLength - MapFindElementReply.TailOffset;
        if (!call.Require(keyLength == map.KeySize, CheckTable.MapFindKeySize, keyLength, map.KeySize))
        {
            return CheckTable.MapFindKeySize.Result;
        }

        if (!call.Require(room == map.ValueBytes, CheckTable.MapFindValueSize, room, map.ValueBytes))
        {
            return CheckTable.MapFindValueSize.Result;
        }

        if (!call.Require(map.Traits.Supports(MapOperation.Find), CheckTable.MapFindSupported, (uint)map.Definition.Type, 0))
        {
            return CheckTable.MapFindSupported.Result;
        }

        byte* key = call.Request + MapFindElementRequest.TailOffset;
        byte* value = call.Reply + MapFindElementReply.TailOffset;
        EbpfResult result = map.ReadEntry(call.Current, key, request.FindAndDelete != 0, call.Site, value, (uint)room);
        if (result == EbpfResult.Success)
        {
            call.SetReplyLength(call.ReplyLength);
        }

        return result;
    }
}
