using KernelSim.EbpfCore.Dispatch;
using KernelSim.EbpfCore.Maps;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;

namespace KernelSim.EbpfCore.Handlers;

/// <summary>
/// Operations 28, 29, 30, 41 and 42: query, write and map the buffers of ring and perf event maps. Other maps do not have them, and
/// those two are not built yet.
/// </summary>
internal sealed class RingBufferHandler(EbpfOperationId id) : MapHandler(id)
{
    /// <inheritdoc/>
    protected override EbpfResult Handle(in ProtocolCall call, EbpfMap map)
    {
        call.Require(map.Traits.Supports(MapOperation.Ring), CheckTable.MapRingSupported, (uint)map.Definition.Type, 0);
        return CheckTable.MapRingSupported.Result;
    }
}
