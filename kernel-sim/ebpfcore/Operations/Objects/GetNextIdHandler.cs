using KernelSim.Protocol;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Operations;

/// <summary>Operations 22, 23 and 24: finds the next id of a link, map or program.</summary>
internal sealed class GetNextIdHandler(EbpfOperationId id, EbpfObjectType type) : ProtocolHandler(id)
{
    /// <inheritdoc/>
    public override EbpfResult Handle(in ProtocolCall call)
    {
        uint start = call.Read<GetNextIdRequest>().StartId;
        EbpfResult result = call.Core.Objects.NextId(call.Current, start, type, out uint next);
        if (result == EbpfResult.Success)
        {
            call.WriteBody(new GetNextIdReply { NextId = next });
        }

        return result;
    }
}
