using System.Runtime.InteropServices;
using System.Text;
using KernelSim.Protocol;
using KernelSim.Protocol.Messages;
using KernelSim.UserMode.Calls;

namespace KernelSim.UserMode;

public sealed partial class Libbpf
{
    /// <summary>Lists the maps that are pinned: <c>ebpf_api_get_pinned_map_info</c>.</summary>
    /// <param name="map_info">A map for each path, in the order of the paths; empty on failure.</param>
    /// <returns>Success; INSUFFICIENT_BUFFER if they do not fit one message.</returns>
    public EbpfResult ebpf_api_get_pinned_map_info(out IReadOnlyList<ebpf_map_info> map_info)
    {
        PinnedMapsCall call = new();
        EbpfResult result = Result(ref call);
        map_info = result == EbpfResult.Success ? call.Maps : [];
        return result;
    }
}

/// <summary><c>ebpf_api_get_pinned_map_info</c>.</summary>
internal readonly struct PinnedMapsCall() : ILibraryCall
{
    private const int FirstRoom = 4096;

    /// <inheritdoc/>
    public int Descriptor => -1;

    /// <summary>The pinned maps, on success.</summary>
    public List<ebpf_map_info> Maps { get; } = [];

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

            Maps.Add(new ebpf_map_info(record.Definition, Encoding.UTF8.GetString(path[..record.PinPathLength])));
            records = path[record.PinPathLength..];
        }

        return true;
    }
}

/// <summary>A pinned map: <c>ebpf_map_info_t</c>. Lists of them are .NET lists, so nothing has to be freed.</summary>
/// <param name="definition">The definition that it was created with.</param>
/// <param name="pin_path">The path, in canonical form. A map with several pins is listed once for each.</param>
public sealed record ebpf_map_info(EbpfMapDefinition definition, string pin_path);
