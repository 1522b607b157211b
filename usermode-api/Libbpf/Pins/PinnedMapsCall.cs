using System.Runtime.InteropServices;
using System.Text;
using KernelSim.Protocol;
using KernelSim.Protocol.Messages;
using KernelSim.UserMode.Calls;

namespace KernelSim.UserMode;

/// <summary><c>ebpf_api_get_pinned_map_info</c>.</summary>
/// <param name="answer">Receives the pinned maps.</param>
internal readonly struct PinnedMapsCall(List<ebpf_map_info> answer) : ILibraryCall
{
    private const int FirstRoom = 4096;

    /// <inheritdoc/>
    public int Descriptor => -1;

    /// <inheritdoc/>
    public long RequestedElements(ApiCall call) => 0;

    /// <inheritdoc/>
    public EbpfResult Run(ApiCall call)
    {
        // The driver reports the required length in a reply that the library does not receive; it retries with more room.
        const int MostRoom = EbpfDevice.MaxMessageBytes - GetPinnedMapInfoReply.TailOffset;
        int room = FirstRoom;
        EbpfResult result;
        do
        {
            call.Channel.Begin<GetPinnedMapInfoRequest>(EbpfOperationId.GetPinnedMapInfo, 0, out _);
            result = call.Channel.Send(GetPinnedMapInfoReply.TailOffset + room, isFixed: false);
            if (result == EbpfResult.Success)
            {
                ref readonly GetPinnedMapInfoReply reply = ref call.Channel.Reply<GetPinnedMapInfoReply>(out ReadOnlySpan<byte> records);
                return Read(reply.MapCount, records) ? result : EbpfResult.InvalidArgument;
            }

            room = room < MostRoom ? Math.Min(room * 2, MostRoom) : 0;
        }
        while (result == EbpfResult.InsufficientBuffer && room > 0);
        return result;
    }

    private bool Read(int count, ReadOnlySpan<byte> records)
    {
        for (int i = 0; i < count; i++)
        {
            if (records.Length < SerializedMapInfo.MinimumBytesLeft)
            {
                return false;
            }

            SerializedMapInfo record = MemoryMarshal.Read<SerializedMapInfo>(records);
            ReadOnlySpan<byte> path = records[SerializedMapInfo.TailOffset..];
            if (record.PinPathLength > path.Length)
            {
                return false;
            }

            answer.Add(new ebpf_map_info(record.Definition, Encoding.UTF8.GetString(path[..record.PinPathLength])));
            records = path[record.PinPathLength..];
        }

        return true;
    }
}
