using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;

namespace KernelSim.Tool.Museum.Acting;

/// <summary>
/// The map of an exhibit without the library: a handle of the device and one of the map, for messages that the program writes itself.
/// </summary>
internal static class RawMap
{
    /// <summary>Opens the device, and a handle of the first map of the machine.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="device">An overlapped handle of the device.</param>
    /// <returns>The handle of the map, to be closed with the device by <see cref="Close"/>.</returns>
    public static NtHandle Open(ExhibitStage stage, out NtHandle device)
    {
        if (!new RawDevice(stage.Gate).Open(out device).IsSuccess)
        {
            throw new InvalidOperationException("the exhibit has no device");
        }

        ulong id = stage.Room(sizeof(uint));
        stage.Prepare("bpf_map_get_next_id", library => library.bpf_map_get_next_id(0, id));
        GetHandleByIdRequest request = new()
        {
            Header = new OperationHeader { Length = (ushort)Unsafe.SizeOf<GetHandleByIdRequest>(), Id = EbpfOperationId.GetMapHandleById },
            Id = stage.Read<uint>(id),
        };
        stage.Send(device, Bytes(request), (uint)Unsafe.SizeOf<GetHandleByIdReply>(), arguments: null, out DeviceRequest sent);
        using (sent)
        {
            return MemoryMarshal.Read<GetHandleByIdReply>(sent.Result().Reply).Handle;
        }
    }

    /// <summary>Closes both handles.</summary>
    public static void Close(ExhibitStage stage, NtHandle map, NtHandle device)
    {
        stage.Gate.NtClose(0, map);
        stage.Gate.NtClose(0, device);
    }

    /// <summary>The bytes of a message.</summary>
    public static byte[] Bytes<T>(T message)
        where T : unmanaged => MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in message)).ToArray();
}
