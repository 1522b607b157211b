using KernelSim.Protocol;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Operations;

/// <summary>Operation 26: finds the next path to which a program is pinned.</summary>
internal sealed class GetNextPinnedProgramPathHandler() : ProtocolHandler(EbpfOperationId.GetNextPinnedProgramPath)
{
    /// <inheritdoc/>
    public override EbpfResult Handle(in ProtocolCall call)
    {
        EbpfObjectType type = EbpfObjectType.Program;
        return PinWalk.Next(call, GetNextPinnedProgramPathRequest.TailOffset, GetNextPinnedProgramPathReply.TailOffset, ref type);
    }
}
