using KernelSim.EbpfCore.Maps;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Operations;

/// <summary>
/// Operation 41: sets the event that is signalled when a ring has unread data. It replaces an earlier one and stays until replaced.
/// </summary>
internal sealed class MapSetWaitHandleHandler() : RingHandler(EbpfOperationId.MapSetWaitHandle, CheckTable.MapRingSupported)
{
    /// <inheritdoc/>
    protected override EbpfResult Handle(in ProtocolCall call, RingMap map)
    {
        MapSetWaitHandleRequest request = call.Read<MapSetWaitHandleRequest>();
        return RingAt(call, map, request.Index) is { } ring
            ? ring.SetWaitHandle(call.Caller, request.WaitHandle, request.Flags)
            : call.Refused;
    }
}
