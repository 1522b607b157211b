using KernelSim.EbpfCore.Maps;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Operations;

/// <summary>Operation 5: finds a value, with all its slots, and deletes the element if asked.</summary>
internal sealed unsafe class MapFindElementHandler() : MapHandler(EbpfOperationId.MapFindElement)
{
    /// <inheritdoc/>
    protected override EbpfResult Handle(in ProtocolCall call, EbpfMap map)
    {
        MapFindElementRequest request = call.Read<MapFindElementRequest>();
        int keyLength = call.RequestLength - MapFindElementRequest.TailOffset;
        int room = call.ReplyLength - MapFindElementReply.TailOffset;
        if (map.Traits.IsCustom)
        {
            return FindCustom(call, map, request.FindAndDelete != 0, keyLength, room);
        }

        if (!call.Require(keyLength == map.KeySize, CheckTable.MapFindKeySize, keyLength, map.KeySize)
            || !call.Require(room == map.ValueBytes, CheckTable.MapFindValueSize, room, map.ValueBytes)
            || !call.Require(map.Traits.Supports(MapOperation.Find), CheckTable.MapFindSupported, (uint)map.Definition.Type, 0))
        {
            return call.Refused;
        }

        return Find(call, map, call.Request + MapFindElementRequest.TailOffset, request.FindAndDelete != 0, room);
    }

    private static EbpfResult FindCustom(in ProtocolCall call, EbpfMap map, bool delete, int keyLength, int room)
    {
        using SizedArgument key = new(call.Current, call.Request + MapFindElementRequest.TailOffset, keyLength, map.KeySize);
        return key.Bytes == null ? EbpfResult.NoMemory : Find(call, map, key.Bytes, delete, room);
    }

    private static EbpfResult Find(in ProtocolCall call, EbpfMap map, byte* key, bool delete, int room)
    {
        byte* value = call.Reply + MapFindElementReply.TailOffset;
        EbpfResult result = map.ReadEntry(call.Current, key, delete, call.Site, value, (uint)room);
        if (result == EbpfResult.Success)
        {
            call.SetReplyLength(call.ReplyLength);
        }

        return result;
    }
}
