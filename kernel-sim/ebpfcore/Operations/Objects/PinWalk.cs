using KernelSim.Protocol;
using KernelSim.Protocol.Checks;

namespace KernelSim.EbpfCore.Operations;

/// <summary>The common part of the two operations that list pin paths: they differ in the offsets of the path in their messages.</summary>
internal static unsafe class PinWalk
{
    /// <summary>Finds the next path and writes it to the reply.</summary>
    /// <param name="call">The request with the path to start after.</param>
    /// <param name="startOffset">Offset of the path in the request, in bytes.</param>
    /// <param name="nextOffset">Offset of the path in the reply, in bytes.</param>
    /// <param name="type">In: the type of object wanted. Out: the type found.</param>
    public static EbpfResult Next(in ProtocolCall call, int startOffset, int nextOffset, ref EbpfObjectType type)
    {
        if (!call.Require(call.RequestLength >= startOffset, CheckTable.PinnedPathRequest, call.RequestLength, startOffset))
        {
            return call.Refused;
        }

        ReadOnlySpan<byte> start = new(call.Request + startOffset, call.RequestLength - startOffset);
        EbpfResult result = call.Core.Pins.Next(call.Current, start, ref type, out byte[]? next);
        if (next is null)
        {
            return result;
        }

        int room = call.ReplyLength - nextOffset;
        if (!call.Require(room >= next.Length, CheckTable.PinnedPathRoom, room, next.Length))
        {
            return call.Refused;
        }

        next.CopyTo(new Span<byte>(call.Reply + nextOffset, room));
        call.SetReplyLength(nextOffset + next.Length);
        return EbpfResult.Success;
    }
}
