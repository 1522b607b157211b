using System.Runtime.CompilerServices;
using KernelSim.EbpfCore.Maps;
using KernelSim.EbpfCore.Objects;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Operations;

/// <summary>
/// Operation 18: lists every pinned map with its path. On success the header keeps the request's length, as upstream leaves it; if the
/// records do not fit, it gets the length that would suffice (65535 if that does not fit the field).
/// </summary>
internal sealed unsafe class GetPinnedMapInfoHandler() : ProtocolHandler(EbpfOperationId.GetPinnedMapInfo)
{
    /// <inheritdoc/>
    public override EbpfResult Handle(in ProtocolCall call)
    {
        IReadOnlyList<(byte[] Path, EbpfObject Object)> pins = call.Core.Pins.ReferenceAll(call.Current, EbpfObjectType.Map);
        try
        {
            return pins.Count == 0 ? EbpfResult.Success : Serialize(call, pins);
        }
        finally
        {
            foreach ((_, EbpfObject @object) in pins)
            {
                @object.Release(call.Current);
            }
        }
    }

    private static EbpfResult Serialize(in ProtocolCall call, IReadOnlyList<(byte[] Path, EbpfObject Object)> pins)
    {
        long needed = pins.Sum(p => (long)SerializedMapInfo.TailOffset + p.Path.Length);
        int room = call.ReplyLength - GetPinnedMapInfoReply.TailOffset;
        if (!call.Require(room >= needed, CheckTable.PinnedMapInfoRoom, room, needed))
        {
            call.SetReplyLength((int)Math.Min(GetPinnedMapInfoReply.TailOffset + needed, ushort.MaxValue));
            return call.Refused;
        }

        call.WriteBody(new GetPinnedMapInfoReply { MapCount = (ushort)pins.Count, Size = (ulong)needed });
        byte* at = call.Reply + GetPinnedMapInfoReply.TailOffset;
        foreach ((byte[] path, EbpfObject @object) in pins)
        {
            var map = (EbpfMap)@object;
            Unsafe.WriteUnaligned(at, new SerializedMapInfo { Definition = map.Definition, PinPathLength = (ushort)path.Length });
            path.CopyTo(new Span<byte>(at + SerializedMapInfo.TailOffset, path.Length));
            at += SerializedMapInfo.TailOffset + path.Length;
        }

        return EbpfResult.Success;
    }
}
