using KernelSim.EbpfCore.Dispatch;
using KernelSim.EbpfCore.Maps;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Handlers;

/// <summary>Operation 7: puts an object into a map of objects. No map type that holds objects is built yet.</summary>
internal sealed class MapUpdateElementWithHandleHandler() : MapHandler(EbpfOperationId.MapUpdateElementWithHandle)
{
    /// <inheritdoc/>
    protected override EbpfResult Handle(in ProtocolCall call, EbpfMap map)
    {
        int keyLength = call.RequestLength - MapUpdateElementWithHandleRequest.TailOffset;
        if (!call.Require(keyLength == map.KeySize, CheckTable.MapUpdateWithHandleKeySize, keyLength, map.KeySize))
        {
            return CheckTable.MapUpdateWithHandleKeySize.Result;
        }

        bool supported = map.Traits.Supports(MapOperation.UpdateWithHandle);
        call.Require(supported, CheckTable.MapUpdateWithHandleSupported, (uint)map.Definition.Type, 0);
        return CheckTable.MapUpdateWithHandleSupported.Result;
    }
}
