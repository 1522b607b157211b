using KernelSim.EbpfCore.Maps;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Operations;

/// <summary>
/// Operation 43: does nothing for an existing ring, since the process unmaps its views and closes its handles itself. On a map
/// without rings it is an invalid argument, not an unsupported operation.
/// </summary>
internal sealed class RingBufferMapUnmapBufferHandler() : RingHandler(EbpfOperationId.RingBufferMapUnmapBuffer, CheckTable.MapUnmapBufferRing)
{
    /// <inheritdoc/>
    protected override EbpfResult Handle(in ProtocolCall call, RingMap map) =>
        RingAt(call, map, call.Read<RingBufferMapUnmapBufferRequest>().Index) is null ? call.Refused : EbpfResult.Success;
}
