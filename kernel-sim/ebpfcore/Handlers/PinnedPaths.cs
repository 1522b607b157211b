using KernelSim.EbpfCore.Dispatch;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;

namespace KernelSim.EbpfCore.Handlers;

/// <summary>What the two operations that walk pin paths share: they differ in where the path lies in their messages.</summary>
internal static unsafe class PinnedPaths
{
    /// <summary>Finds the next path and puts it into the reply.</summary>
    /// <param name="call">The request.</param>
    /// <param name="startOffset">Where the request's path lies.</param>
    /// <param name="nextOffset">Where the reply's path goes.</param>
    /// <param name="type">The kind wanted; the kind found.</param>
    public static EbpfResult Next(in ProtocolCall call, int startOffset, int nextOffset, ref EbpfObjectType type)
    {
        if (!call.Require(call.RequestLength >= startOffset, CheckTable.PinnedPathRequest, call.RequestLength, startOffset))
        {
            return CheckTable.PinnedPathRequest.Result;
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
            return CheckTable.PinnedPathRoom.Result;
        }

        next.CopyTo(new Span<byte>(call.Reply + nextOffset, room));
        call.SetReplyLength(nextOffset + next.Length);
        return EbpfResult.Success;
    }
}
