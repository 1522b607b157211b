using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;

namespace KernelSim.UserMode.Device;

/// <summary>The messages about objects of any type: one method for each operation, from arguments to request and from reply to result.</summary>
internal static class ObjectMessages
{
    /// <summary>Operation 25, for the library itself: a map's definition. Fails if the handle is not a map's.</summary>
    public static EbpfResult GetMapInfo(DeviceChannel channel, NtHandle handle, out BpfMapInfo info)
    {
        info = default;
        EbpfResult result = GetObjectInfo(
            channel, handle, default, Unsafe.SizeOf<BpfMapInfo>(), out EbpfObjectType type, out ReadOnlySpan<byte> tail);
        if (result != EbpfResult.Success)
        {
            return result;
        }

        if (type != EbpfObjectType.Map)
        {
            return EbpfResult.InvalidArgument;
        }

        tail[..Math.Min(tail.Length, Unsafe.SizeOf<BpfMapInfo>())].CopyTo(MemoryMarshal.AsBytes(new Span<BpfMapInfo>(ref info)));
        return EbpfResult.Success;
    }

    /// <summary>Operation 25: the info of an object.</summary>
    /// <param name="channel">The channel of the call in progress.</param>
    /// <param name="handle">Handle of the object.</param>
    /// <param name="wanted">The current contents of the caller's info structure; empty for zeros.</param>
    /// <param name="room">Bytes of info to send and to receive; the request must fit a message.</param>
    /// <param name="type">The type of the object.</param>
    /// <param name="info">The info, at most <paramref name="room"/> bytes.</param>
    public static EbpfResult GetObjectInfo(
        DeviceChannel channel, NtHandle handle, ReadOnlySpan<byte> wanted, int room, out EbpfObjectType type, out ReadOnlySpan<byte> info)
    {
        type = EbpfObjectType.Unknown;
        info = default;
        ref GetObjectInfoRequest request = ref channel.Begin<GetObjectInfoRequest>(EbpfOperationId.GetObjectInfo, room, out Span<byte> tail);
        request.Handle = handle;
        tail.Clear();
        wanted.CopyTo(tail);
        EbpfResult result = channel.Send(GetObjectInfoReply.TailOffset + room, isFixed: false);
        if (result == EbpfResult.Success)
        {
            ref readonly GetObjectInfoReply reply = ref channel.Reply<GetObjectInfoReply>(out ReadOnlySpan<byte> answer);
            type = reply.Type;
            info = answer[..Math.Clamp(reply.Header.Length - GetObjectInfoReply.TailOffset, 0, answer.Length)];
        }

        return result;
    }

    /// <summary>Operations 19 to 21: opens the object with an id and returns a new handle.</summary>
    public static EbpfResult GetHandleById(DeviceChannel channel, EbpfOperationId operation, uint id, out NtHandle handle)
    {
        channel.Begin<GetHandleByIdRequest>(operation, 0, out _).Id = id;
        EbpfResult result = channel.Send(Unsafe.SizeOf<GetHandleByIdReply>());
        handle = result == EbpfResult.Success ? channel.Reply<GetHandleByIdReply>(out _).Handle : NtHandle.Invalid;
        return result;
    }

    /// <summary>Operations 22 to 24: the smallest id above another.</summary>
    public static EbpfResult GetNextId(DeviceChannel channel, EbpfOperationId operation, uint startId, out uint nextId)
    {
        channel.Begin<GetNextIdRequest>(operation, 0, out _).StartId = startId;
        EbpfResult result = channel.Send(Unsafe.SizeOf<GetNextIdReply>());
        nextId = result == EbpfResult.Success ? channel.Reply<GetNextIdReply>(out _).NextId : 0;
        return result;
    }

    /// <summary>Operation 11: pins an object under a canonical path.</summary>
    public static EbpfResult UpdatePinning(DeviceChannel channel, NtHandle handle, ReadOnlySpan<byte> path)
    {
        ref UpdatePinningRequest request = ref channel.Begin<UpdatePinningRequest>(
            EbpfOperationId.UpdatePinning, path.Length, out Span<byte> tail);
        request.Handle = handle;
        path.CopyTo(tail);
        return channel.Send();
    }

    /// <summary>Operation 12: opens the object that is pinned under a canonical path and returns a new handle.</summary>
    public static EbpfResult GetPinnedObject(DeviceChannel channel, ReadOnlySpan<byte> path, out NtHandle handle)
    {
        channel.Begin<GetPinnedObjectRequest>(EbpfOperationId.GetPinnedObject, path.Length, out Span<byte> tail);
        path.CopyTo(tail);
        EbpfResult result = channel.Send(Unsafe.SizeOf<GetPinnedObjectReply>());
        handle = result == EbpfResult.Success ? channel.Reply<GetPinnedObjectReply>(out _).Handle : NtHandle.Invalid;
        return result;
    }
}
