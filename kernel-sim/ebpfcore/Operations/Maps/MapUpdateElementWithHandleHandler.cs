using KernelSim.EbpfCore.Maps;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Operations;

/// <summary>Operation 7: stores an object in a map of objects, or with handle -1 clears a slot of an array of them.</summary>
/// <remarks>The drop of user mode's last reference empties the slots, so a request holds a reference.</remarks>
internal sealed unsafe class MapUpdateElementWithHandleHandler() : MapHandler(EbpfOperationId.MapUpdateElementWithHandle, needsReference: true)
{
    /// <inheritdoc/>
    protected override EbpfResult Handle(in ProtocolCall call, EbpfMap map)
    {
        int keyLength = call.RequestLength - MapUpdateElementWithHandleRequest.TailOffset;
        if (!call.Require(keyLength == map.KeySize, CheckTable.MapUpdateWithHandleKeySize, keyLength, map.KeySize)
            || !call.Require(
                map.Traits.Supports(MapOperation.UpdateWithHandle),
                CheckTable.MapUpdateWithHandleSupported,
                (uint)map.Definition.Type,
                0))
        {
            return call.Refused;
        }

        MapUpdateElementWithHandleRequest request = call.Read<MapUpdateElementWithHandleRequest>();
        byte* key = call.Request + MapUpdateElementWithHandleRequest.TailOffset;
        return map.UpdateEntryWithHandle(call.Caller, key, request.ValueHandle, request.Option);
    }
}
