using KernelSim.Protocol;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Operations;

/// <summary>Operation 38: finds the next path to which an object of one type, or of any, is pinned.</summary>
internal sealed class GetNextPinnedObjectPathHandler() : ProtocolHandler(EbpfOperationId.GetNextPinnedObjectPath)
{
    /// <inheritdoc/>
    public override EbpfResult Handle(in ProtocolCall call)
    {
        EbpfObjectType type = call.Read<GetNextPinnedObjectPathRequest>().Type;
        EbpfResult result = PinWalk.Next(
            call, GetNextPinnedObjectPathRequest.TailOffset, GetNextPinnedObjectPathReply.TailOffset, ref type);
        if (result == EbpfResult.Success)
        {
            call.WriteBody(new GetNextPinnedObjectPathReply { Type = type });
        }

        return result;
    }
}
