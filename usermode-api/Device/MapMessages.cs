using System.Runtime.CompilerServices;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;

namespace KernelSim.UserMode.Device;

/// <summary>
/// The messages about maps: one method for each operation, from arguments to request and from reply to result. If a caller's own
/// memory goes into a request, a <c>Begin</c> method returns the request's tail to be filled.
/// </summary>
internal static class MapMessages
{
    /// <summary>Operation 3: creates a map.</summary>
    public static EbpfResult Create(
        DeviceChannel channel, in EbpfMapDefinition definition, NtHandle innerMap, ReadOnlySpan<byte> name, out NtHandle handle)
    {
        ref CreateMapRequest request = ref channel.Begin<CreateMapRequest>(EbpfOperationId.CreateMap, name.Length, out Span<byte> tail);
        request.EbpfMapDefinition = definition;
        request.InnerMapHandle = innerMap;
        name.CopyTo(tail);
        EbpfResult result = channel.Send(Unsafe.SizeOf<CreateMapReply>());
        handle = result == EbpfResult.Success ? channel.Reply<CreateMapReply>(out _).Handle : NtHandle.Invalid;
        return result;
    }

    /// <summary>Operation 5: starts a lookup; the tail is the key.</summary>
    public static Span<byte> BeginFind(DeviceChannel channel, NtHandle map, bool delete, int keySize)
    {
        ref MapFindElementRequest request = ref channel.Begin<MapFindElementRequest>(
            EbpfOperationId.MapFindElement, keySize, out Span<byte> tail);
        request.Handle = map;
        request.FindAndDelete = delete ? (byte)1 : (byte)0;
        return tail;
    }

    /// <summary>Operation 5: sends the request; the reply is the value.</summary>
    public static EbpfResult SendFind(DeviceChannel channel, int valueSize, out ReadOnlySpan<byte> value)
    {
        EbpfResult result = channel.Send(MapFindElementReply.TailOffset + valueSize, isFixed: false);
        value = default;
        if (result == EbpfResult.Success)
        {
            channel.Reply<MapFindElementReply>(out value);
        }

        return result;
    }

    /// <summary>Operation 6: starts an update; the tail is key and value. Sent with <see cref="DeviceChannel.Send"/>.</summary>
    public static Span<byte> BeginUpdate(DeviceChannel channel, NtHandle map, EbpfMapOption option, int recordSize)
    {
        ref MapUpdateElementRequest request = ref channel.Begin<MapUpdateElementRequest>(
            EbpfOperationId.MapUpdateElement, recordSize, out Span<byte> tail);
        request.Handle = map;
        request.Option = option;
        return tail;
    }

    /// <summary>Operation 7: stores an object in a map of maps or a program array.</summary>
    public static EbpfResult UpdateWithHandle(DeviceChannel channel, NtHandle map, NtHandle value, EbpfMapOption option, ReadOnlySpan<byte> key)
    {
        ref MapUpdateElementWithHandleRequest request = ref channel.Begin<MapUpdateElementWithHandleRequest>(
            EbpfOperationId.MapUpdateElementWithHandle, key.Length, out Span<byte> tail);
        request.MapHandle = map;
        request.ValueHandle = value;
        request.Option = option;
        key.CopyTo(tail);
        return channel.Send();
    }

    /// <summary>Operation 8: deletes one element. Only here, a handle that is not a map's counts as a bad descriptor.</summary>
    public static EbpfResult Delete(DeviceChannel channel, NtHandle map, ReadOnlySpan<byte> key)
    {
        ref MapDeleteElementRequest request = ref channel.Begin<MapDeleteElementRequest>(
            EbpfOperationId.MapDeleteElement, key.Length, out Span<byte> tail);
        request.Handle = map;
        FewBytes.Copy(key, tail);
        return ObjectToDescriptor(channel.Send());
    }

    /// <summary>
    /// Operation 9: finds the key after another. Without a previous key, the request has its full size but a smaller header.length.
    /// </summary>
    public static EbpfResult GetNextKey(
        DeviceChannel channel, NtHandle map, ReadOnlySpan<byte> previousKey, int keySize, out ReadOnlySpan<byte> nextKey)
    {
        ref MapGetNextKeyRequest request = ref channel.Begin<MapGetNextKeyRequest>(
            EbpfOperationId.MapGetNextKey, keySize, out Span<byte> tail);
        request.Handle = map;
        if (previousKey.IsEmpty)
        {
            tail.Clear();
            request.Header.Length = MapGetNextKeyRequest.TailOffset;
        }
        else
        {
            FewBytes.Copy(previousKey, tail);
        }

        EbpfResult result = channel.Send(MapGetNextKeyReply.TailOffset + keySize, isFixed: false);
        nextKey = default;
        if (result == EbpfResult.Success)
        {
            channel.Reply<MapGetNextKeyReply>(out nextKey);
        }

        return result;
    }

    /// <summary>Operation 34: starts a batch update; the tail is records.</summary>
    public static Span<byte> BeginUpdateBatch(DeviceChannel channel, NtHandle map, EbpfMapOption option, int tailLength, out ulong tailAddress)
    {
        ref MapUpdateElementBatchRequest request = ref channel.Begin<MapUpdateElementBatchRequest>(
            EbpfOperationId.MapUpdateElementBatch, tailLength, out Span<byte> tail);
        request.Handle = map;
        request.Option = option;
        tailAddress = channel.RequestAddress + MapUpdateElementBatchRequest.TailOffset;
        return tail;
    }

    /// <summary>Operation 34: sends the request; the reply is how many elements were stored.</summary>
    public static EbpfResult SendUpdateBatch(DeviceChannel channel, out uint processed)
    {
        EbpfResult result = channel.Send(Unsafe.SizeOf<MapUpdateElementBatchReply>());
        processed = result == EbpfResult.Success ? channel.Reply<MapUpdateElementBatchReply>(out _).CountOfElementsProcessed : 0;
        return result;
    }

    /// <summary>Operation 35: starts a batch delete; the tail is keys.</summary>
    public static Span<byte> BeginDeleteBatch(DeviceChannel channel, NtHandle map, int tailLength, out ulong tailAddress)
    {
        ref MapDeleteElementBatchRequest request = ref channel.Begin<MapDeleteElementBatchRequest>(
            EbpfOperationId.MapDeleteElementBatch, tailLength, out Span<byte> tail);
        request.Handle = map;
        tailAddress = channel.RequestAddress + MapDeleteElementBatchRequest.TailOffset;
        return tail;
    }

    /// <summary>Operation 35: sends the request; the reply is how many elements were deleted.</summary>
    public static EbpfResult SendDeleteBatch(DeviceChannel channel, out uint processed)
    {
        EbpfResult result = ObjectToDescriptor(channel.Send(Unsafe.SizeOf<MapDeleteElementBatchReply>()));
        processed = result == EbpfResult.Success ? channel.Reply<MapDeleteElementBatchReply>(out _).CountOfElementsProcessed : 0;
        return result;
    }

    /// <summary>Operation 36: starts reading records.</summary>
    /// <param name="channel">The channel of the call in progress.</param>
    /// <param name="map">Handle of the map.</param>
    /// <param name="delete">Whether to delete the elements that are read.</param>
    /// <param name="previousKey">The key to continue after; empty to start at the first element.</param>
    /// <param name="resume">Whether to continue even if that key has been deleted.</param>
    public static void BeginGetBatch(DeviceChannel channel, NtHandle map, bool delete, ReadOnlySpan<byte> previousKey, bool resume)
    {
        int mark = resume ? MapGetNextKeyValueBatchRequest.ResumeMarkBytes : 0;
        ref MapGetNextKeyValueBatchRequest request = ref channel.Begin<MapGetNextKeyValueBatchRequest>(
            EbpfOperationId.MapGetNextKeyValueBatch, previousKey.Length + mark, out Span<byte> tail);
        request.Handle = map;
        request.FindAndDelete = delete ? (byte)1 : (byte)0;
        previousKey.CopyTo(tail);
        if (resume)
        {
            request.Header.Length -= (ushort)mark;
            MapGetNextKeyValueBatchRequest.ResumeMark.CopyTo(tail[previousKey.Length..]);
        }
    }

    /// <summary>Operation 36: sends the request. The number of records follows only from the length of the reply.</summary>
    public static EbpfResult SendGetBatch(DeviceChannel channel, int recordRoom, out ReadOnlySpan<byte> records, out ulong recordsAddress)
    {
        EbpfResult result = channel.Send(MapGetNextKeyValueBatchReply.TailOffset + recordRoom, isFixed: false);
        records = default;
        recordsAddress = channel.ReplyAddress + MapGetNextKeyValueBatchReply.TailOffset;
        if (result == EbpfResult.Success)
        {
            int length = channel.Reply<MapGetNextKeyValueBatchReply>(out records).Header.Length;
            records = records[..Math.Clamp(length - MapGetNextKeyValueBatchReply.TailOffset, 0, records.Length)];
        }

        return result;
    }

    private static EbpfResult ObjectToDescriptor(EbpfResult result) => result == EbpfResult.InvalidObject ? EbpfResult.InvalidFd : result;
}
