using KernelSim.EbpfCore.Objects;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Operations;

/// <summary>Operations 19, 20 and 21: creates a handle of a link, map or program, by id.</summary>
internal sealed class GetHandleByIdHandler(EbpfOperationId id, EbpfObjectType type) : ProtocolHandler(id)
{
    /// <inheritdoc/>
    public override EbpfResult Handle(in ProtocolCall call)
    {
        uint wanted = call.Read<GetHandleByIdRequest>().Id;
        EbpfResult result = call.Core.Objects.Reference(call.Current, wanted, type, out EbpfObject? @object);
        if (@object is null)
        {
            return result;
        }

        result = call.Caller.CreateHandle(@object, out NtHandle handle);
        @object.Release(call.Current);
        if (result == EbpfResult.Success)
        {
            call.WriteBody(new GetHandleByIdReply { Handle = handle });
        }

        return result;
    }
}
