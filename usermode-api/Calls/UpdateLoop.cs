using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.UserMode.Marshalling;

namespace KernelSim.UserMode.Calls;

/// <summary>A batch update, message by message: <c>_update_map_element_batch</c>.</summary>
internal ref struct UpdateLoop
{
    private uint _count;

    /// <summary>The map.</summary>
    public required NtHandle Map { get; init; }

    /// <summary>How elements lie in the messages.</summary>
    public required BatchLayout Layout { get; init; }

    /// <summary>What is asked of the keys.</summary>
    public EbpfMapOption Option { get; init; }

    /// <summary>Elements known to have been stored.</summary>
    public readonly uint Count => _count;

    /// <summary>Stores the elements in order, up to the first that the kernel refuses.</summary>
    public EbpfResult Run<TSource>(ApiCall call, uint wanted, scoped ref TSource source)
        where TSource : IElementSource, allows ref struct
    {
        uint perMessage = (uint)Layout.UpdatesPerMessage;
        while (Count < wanted)
        {
            uint sent = Math.Min(wanted - Count, perMessage);
            Span<byte> records = MapMessages.BeginUpdateBatch(
                call, Map, Option, (int)(sent * Layout.RecordBytes), out ulong recordsAddress);
            source.Load(call, Count, records, recordsAddress);
            EbpfResult result = MapMessages.SendUpdateBatch(call, out uint processed);
            result = call.CountProcessed(result, sent, processed, ref _count);
            if (result != EbpfResult.Success)
            {
                return result;
            }
        }

        return EbpfResult.Success;
    }
}
