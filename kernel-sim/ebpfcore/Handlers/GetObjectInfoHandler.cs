using KernelSim.EbpfCore.Dispatch;
using KernelSim.EbpfCore.Maps;
using KernelSim.EbpfCore.Objects;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Handlers;

/// <summary>
/// Operation 25: what is known of an object, cut where the room ends. A request without a tail asks for the object's type only.
/// </summary>
internal sealed unsafe class GetObjectInfoHandler() : ProtocolHandler(EbpfOperationId.GetObjectInfo)
{
    /// <inheritdoc/>
    public override EbpfResult Handle(in ProtocolCall call)
    {
        GetObjectInfoRequest request = call.Read<GetObjectInfoRequest>();
        int wanted = call.RequestLength - GetObjectInfoRequest.TailOffset;
        int room = call.ReplyLength - GetObjectInfoReply.TailOffset;
        if (!call.Require(wanted >= 0, CheckTable.ObjectInfoRequest, call.RequestLength, GetObjectInfoRequest.TailOffset))
        {
            return CheckTable.ObjectInfoRequest.Result;
        }

        EbpfResult result = call.Reference(request.Handle, EbpfObjectType.Unknown, out EbpfObject? @object);
        if (@object is null)
        {
            return result;
        }

        try
        {
            call.WriteBody(new GetObjectInfoReply { Type = @object.ObjectType });
            return wanted == 0 ? EbpfResult.Success : Describe(call, (EbpfMap)@object, room);
        }
        finally
        {
            @object.Release(call.Current);
        }
    }

    private static EbpfResult Describe(in ProtocolCall call, EbpfMap map, int room)
    {
        if (!call.Require(room > 0, CheckTable.ObjectInfoRoom, room, sizeof(BpfMapInfo)))
        {
            return CheckTable.ObjectInfoRoom.Result;
        }

        map.TraceLayout(call.Current);
        var info = new BpfMapInfo
        {
            Id = map.Id,
            Type = map.Definition.Type,
            KeySize = map.KeySize,
            ValueSize = map.Layout.ValueSize,
            MaxEntries = map.Definition.MaxEntries,
            PinnedPathCount = (uint)map.PinnedPathCount,
        };

        // strncpy: a name ends at its first zero byte.
        ReadOnlySpan<byte> name = map.NameBytes;
        int end = name.IndexOf((byte)0);
        name[..(end < 0 ? name.Length : end)].CopyTo(info.Name);

        int length = Math.Min(room, sizeof(BpfMapInfo));
        Buffer.MemoryCopy(&info, call.Reply + GetObjectInfoReply.TailOffset, room, length);
        call.SetReplyLength(GetObjectInfoReply.TailOffset + length);
        return EbpfResult.Success;
    }
}
