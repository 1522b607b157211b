using KernelSim.EbpfCore.Dispatch;
using KernelSim.EbpfCore.Rings;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Handlers;

/// <summary>
/// Operation 43: has nothing to do for a ring that exists, since views and handles are the process's own to unmap and close. On a map
/// without rings it is an invalid argument, not an unsupported operation.
/// </summary>
internal sealed class RingBufferMapUnmapBufferHandler() : RingHandler(EbpfOperationId.RingBufferMapUnmapBuffer, CheckTable.MapUnmapBufferRing)
{
    /// <inheritdoc/>
    protected override EbpfResult Handle(in ProtocolCall call, RingMap map) =>
        RingAt(call, map, call.Read<RingBufferMapUnmapBufferRequest>().Index) is null ? CheckTable.RingIndex.Result : EbpfResult.Success;
}
