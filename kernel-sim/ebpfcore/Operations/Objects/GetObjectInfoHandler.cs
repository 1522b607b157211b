using KernelSim.EbpfCore.Objects;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Operations;

/// <summary>
/// Operation 25: returns the info of an object, truncated to the room in the reply. A request without a tail asks only for the object's type.
/// </summary>
internal sealed unsafe class GetObjectInfoHandler() : ProtocolHandler(EbpfOperationId.GetObjectInfo)
{
    /// <inheritdoc/>
    public override EbpfResult Handle(in ProtocolCall call)
    {
        GetObjectInfoRequest request = call.Read<GetObjectInfoRequest>();
        int wanted = call.RequestLength - GetObjectInfoRequest.TailOffset;
        if (!call.Require(wanted >= 0, CheckTable.ObjectInfoRequest, call.RequestLength, GetObjectInfoRequest.TailOffset))
        {
            return call.Refused;
        }

        EbpfResult result = call.Reference(request.Handle, EbpfObjectType.Unknown, out EbpfObject? @object);
        if (@object is null)
        {
            return result;
        }

        try
        {
            call.WriteBody(new GetObjectInfoReply { Type = @object.ObjectType });
            if (wanted == 0)
            {
                return EbpfResult.Success;
            }

            ReadOnlySpan<byte> given = new(call.Request + GetObjectInfoRequest.TailOffset, wanted);
            Span<byte> room = new(call.Reply + GetObjectInfoReply.TailOffset, call.ReplyLength - GetObjectInfoReply.TailOffset);
            result = @object.WriteInfo(call.Caller, given, room, out int written);
            if (result == EbpfResult.Success)
            {
                call.SetReplyLength(GetObjectInfoReply.TailOffset + written);
            }

            return result;
        }
        finally
        {
            @object.Release(call.Current);
        }
    }
}
