using KernelSim.EbpfCore.Maps;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Operations;

/// <summary>Operation 28: returns the kernel address of a ring's data and its reader's position. User mode maps the data instead (42).</summary>
internal sealed class MapQueryBufferHandler() : RingHandler(EbpfOperationId.MapQueryBuffer, CheckTable.MapRingSupported)
{
    /// <inheritdoc/>
    protected override EbpfResult Handle(in ProtocolCall call, RingMap map)
    {
        if (RingAt(call, map, call.Read<MapQueryBufferRequest>().Index) is not { } ring)
        {
            return call.Refused;
        }

        call.WriteBody(new MapQueryBufferReply
        {
            BufferAddress = ring.Memory.Data.SystemAddress,
            ConsumerOffset = ring.ConsumerOffset,
        });
        return EbpfResult.Success;
    }
}
