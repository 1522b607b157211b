using KernelSim.EbpfCore.Maps;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Operations;

/// <summary>Operation 6: inserts or replaces a value, with all its slots.</summary>
internal sealed unsafe class MapUpdateElementHandler() : MapHandler(EbpfOperationId.MapUpdateElement)
{
    /// <inheritdoc/>
    protected override EbpfResult Handle(in ProtocolCall call, EbpfMap map)
    {
        MapUpdateElementRequest request = call.Read<MapUpdateElementRequest>();
        int data = call.RequestLength - MapUpdateElementRequest.TailOffset;
        if (!call.Require(data >= map.KeySize, CheckTable.MapUpdateKeySize, data, map.KeySize))
        {
            return call.Refused;
        }

        long valueLength = data - (long)map.KeySize;
        if (map.Traits.IsCustom)
        {
            return UpdateCustom(call, map, request.Option, (int)valueLength);
        }

        if (!call.Require(map.KeySize == 0 || !map.Traits.IsKeyless, CheckTable.MapUpdateKeyless, map.KeySize, 0)
            || !call.Require(valueLength == map.ValueBytes, CheckTable.MapUpdateValueSize, valueLength, map.ValueBytes)
            || !call.Require(map.Traits.Supports(MapOperation.Update), CheckTable.MapUpdateSupported, (uint)map.Definition.Type, 0))
        {
            return call.Refused;
        }

        return Update(call, map, call.Request + MapUpdateElementRequest.TailOffset + map.KeySize, request.Option);
    }

    private static EbpfResult UpdateCustom(in ProtocolCall call, EbpfMap map, EbpfMapOption option, int valueLength)
    {
        byte* given = call.Request + MapUpdateElementRequest.TailOffset + map.KeySize;
        using SizedArgument value = new(call.Current, given, valueLength, map.ValueBytes);
        return value.Bytes == null ? EbpfResult.NoMemory : Update(call, map, value.Bytes, option);
    }

    private static EbpfResult Update(in ProtocolCall call, EbpfMap map, byte* value, EbpfMapOption option)
    {
        byte* key = call.Request + MapUpdateElementRequest.TailOffset;
        EbpfResult result = map.UpdateEntry(call.Current, key, value, option, call.Site, out byte* stored);
        if (result == EbpfResult.Success)
        {
            new CopyTrace(call.Current).Store(0, value, stored, map.ValueBytes);
            call.Current.CountStored(map.ValueBytes);
        }

        return result;
    }
}
