using KernelSim.EbpfCore.Dispatch;
using KernelSim.EbpfCore.Maps;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;

namespace KernelSim.EbpfCore.Handlers;

/// <summary>Operation 43: unmaps the buffer of a ring. On a map without one it is an invalid argument, not an unsupported operation.</summary>
internal sealed class RingBufferMapUnmapBufferHandler() : MapHandler(EbpfOperationId.RingBufferMapUnmapBuffer)
{
    /// <inheritdoc/>
    protected override EbpfResult Handle(in ProtocolCall call, EbpfMap map)
    {
        call.Require(map.Traits.Supports(MapOperation.Ring), CheckTable.MapUnmapBufferRing, (uint)map.Definition.Type, 0);
        return CheckTable.MapUnmapBufferRing.Result;
    }
}
