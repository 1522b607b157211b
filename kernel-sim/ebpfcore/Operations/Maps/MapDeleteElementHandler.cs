using KernelSim.EbpfCore.Maps;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Operations;

/// <summary>Operation 8: deletes an element.</summary>
internal sealed unsafe class MapDeleteElementHandler() : MapHandler(EbpfOperationId.MapDeleteElement)
{
    /// <inheritdoc/>
    protected override EbpfResult Handle(in ProtocolCall call, EbpfMap map)
    {
        int keyLength = call.RequestLength - MapDeleteElementRequest.TailOffset;
        if (map.Traits.IsCustom)
        {
            return DeleteCustom(call, map, keyLength);
        }

        if (!call.Require(keyLength == map.KeySize, CheckTable.MapDeleteKeySize, keyLength, map.KeySize)
            || !call.Require(map.Traits.Supports(MapOperation.Delete), CheckTable.MapDeleteSupported, (uint)map.Definition.Type, 0))
        {
            return call.Refused;
        }

        return map.DeleteEntry(call.Current, call.Request + MapDeleteElementRequest.TailOffset, call.Site);
    }

    private static EbpfResult DeleteCustom(in ProtocolCall call, EbpfMap map, int keyLength)
    {
        using SizedArgument key = new(call.Current, call.Request + MapDeleteElementRequest.TailOffset, keyLength, map.KeySize);
        return key.Bytes == null ? EbpfResult.NoMemory : map.DeleteEntry(call.Current, key.Bytes, call.Site);
    }
}
