using System.Runtime.CompilerServices;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;

namespace KernelSim.UserMode.Device;

/// <summary>The messages about rings: one method for each operation, from arguments to request and from reply to result.</summary>
internal static class RingMessages
{
    /// <summary>Operation 30: starts a write; the tail is the record. Sent with <see cref="DeviceChannel.Send"/>.</summary>
    public static Span<byte> BeginWrite(DeviceChannel channel, NtHandle map, int length)
    {
        ref MapWriteDataRequest request = ref channel.Begin<MapWriteDataRequest>(EbpfOperationId.MapWriteData, length, out Span<byte> tail);
        request.MapHandle = map;
        return tail;
    }

    /// <summary>Operation 41: sets the event that a ring signals.</summary>
    public static EbpfResult SetWaitHandle(DeviceChannel channel, NtHandle map, ulong index, NtHandle handle)
    {
        ref MapSetWaitHandleRequest request = ref channel.Begin<MapSetWaitHandleRequest>(EbpfOperationId.MapSetWaitHandle, 0, out _);
        request.MapHandle = map;
        request.Index = index;
        request.WaitHandle = handle;
        return channel.Send();
    }

    /// <summary>Operation 42: opens a part of a ring and returns a handle, which the caller closes.</summary>
    public static EbpfResult GetSection(
        DeviceChannel channel, NtHandle map, ulong index, RingBufferUserSection section, out NtHandle handle, out ulong viewSize)
    {
        ref RingBufferMapMapBufferRequest request = ref channel.Begin<RingBufferMapMapBufferRequest>(
            EbpfOperationId.RingBufferMapMapBuffer, 0, out _);
        request.MapHandle = map;
        request.Index = index;
        request.Section = (uint)section;
        EbpfResult result = channel.Send(Unsafe.SizeOf<RingBufferMapMapBufferReply>());
        handle = NtHandle.Invalid;
        viewSize = 0;
        if (result == EbpfResult.Success)
        {
            RingBufferMapMapBufferReply reply = channel.Reply<RingBufferMapMapBufferReply>(out _);
            handle = new NtHandle((long)reply.SectionHandle);
            viewSize = reply.ViewSize;
        }

        return result;
    }
}
