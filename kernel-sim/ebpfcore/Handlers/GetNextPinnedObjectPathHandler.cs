using KernelSim.EbpfCore.Dispatch;
using KernelSim.Protocol;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Handlers;

/// <summary>Operation 38: the next path that an object of a kind, or of any, is pinned at.</summary>
internal sealed class GetNextPinnedObjectPathHandler() : ProtocolHandler(EbpfOperationId.GetNextPinnedObjectPath)
{
    /// <inheritdoc/>
    public override EbpfResult Handle(in ProtocolCall call)
    {
        EbpfObjectType type = call.Read<GetNextPinnedObjectPathRequest>().Type;
        EbpfResult result = PinnedPaths.Next(
            call, GetNextPinnedObjectPathRequest.TailOffset, GetNextPinnedObjectPathReply.TailOffset, ref type);
        if (result == EbpfResult.Success)
        {
            call.WriteBody(new GetNextPinnedObjectPathReply { Type = type });
        }

        return result;
    }
}
